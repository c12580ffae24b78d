"""What this app's tables hold of customers: what they were asked, what they answered, and what was made of it."""

from apps.interactions.models import Interaction
from apps.surveys.models import (
    Campaign,
    FeedbackItem,
    FollowUp,
    FormerToken,
    GivenAnswer,
    Invitation,
    InvitationEvent,
    PageEntry,
    PageSettings,
    Question,
    Survey,
    SurveyResponse,
    SurveySending,
    SurveyVersion,
    Theme,
)
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.described import Through
from cxplatform.privacy.tags import IMPORTED, TEXT, harmless, identity, key_of, staff

_OWN = harmless("the brand's own words for its surveys")
_CODE = harmless("a code, the same for many")
_ABOUT_WHOM = ("customer", Through(Interaction, "interaction_external_id", unless="customer"))
_CODE_OF_ADDRESS = harmless("of a random token")
_SEALED = harmless("a secret of the brand's, sealed")
_MADE_OF_MANY = harmless("words that many used, none of them a name")

describe(
    SurveyResponse,
    {**IMPORTED, "interaction_external_id": key_of(Interaction), "comment": TEXT, "language": _CODE},
    about=_ABOUT_WHOM,
    active="answered_at",
)
describe(Survey, {"key": _OWN, "name": _OWN})
describe(SurveyVersion, {"default_language": _CODE, "texts": _OWN, "look": _OWN})
describe(Question, {"key": _OWN, "texts": _OWN, "choices": _OWN, "branches": _OWN})
describe(Campaign, {"key": _OWN, "name": _OWN, "conditions": _OWN, "quiet_from": _CODE, "quiet_until": _CODE})
_MADE_HERE = {"source": IMPORTED["source"], "external_id": identity(made_here="invitation-")}

describe(
    Invitation,
    {
        **_MADE_HERE,
        "occasion": harmless("ids made here, or a campaign's own word"),
        "interaction_external_id": key_of(Interaction),
        "language": _CODE,
        "why": _CODE,
        "message_id": harmless("a number of the sender's"),
        "token_hash": _CODE_OF_ADDRESS,
    },
    about=_ABOUT_WHOM,
    active=("answered_at", "sent_at"),
)
describe(FormerToken, {"token_hash": _CODE_OF_ADDRESS}, about="invitation__customer")
_OWN_SENDER = harmless("the brand's own name and addresses")
describe(
    SurveySending,
    {
        "from_name": _OWN_SENDER,
        "from_address": _OWN_SENDER,
        "pages_url": _OWN_SENDER,
        "sms_url": _OWN_SENDER,
        "chat_url": _OWN_SENDER,
        "sender_secret": _SEALED,
        "report_secret": _SEALED,
    },
)
describe(InvitationEvent, {"why": _CODE}, about="invitation__customer")
describe(PageEntry, {"question": _OWN, "value": TEXT}, about="invitation__customer")
describe(PageSettings, {"origins": _OWN})
describe(GivenAnswer, {"choices": _OWN, "text": TEXT}, about="invitation__customer", active="given_at")
describe(Theme, {"name": _MADE_OF_MANY, "terms": _MADE_OF_MANY, "language": _CODE})
describe(
    FeedbackItem,
    {
        "source": IMPORTED["source"],
        "external_id": identity(made_here="made-of-"),
        "text": TEXT,
        "language": _CODE,
        "detected_language": _CODE,
        "model": _CODE,
        "model_version": _CODE,
    },
    about=("customer", "interaction__customer", "survey_response__customer"),
    active="occurred_at",
)
describe(FollowUp, {"assignee": staff("whose task it is"), "note": TEXT}, about="customer")
