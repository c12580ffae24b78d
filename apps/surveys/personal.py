"""What this app's tables hold of customers: what they answered."""

from apps.interactions.models import Interaction
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.described import Through
from cxplatform.privacy.tags import IMPORTED, TEXT, harmless, key_of

_OWN = harmless("the brand's own words for its surveys")

describe(
    SurveyResponse,
    {
        **IMPORTED,
        "interaction_external_id": key_of(Interaction),
        "comment": TEXT,
        "language": harmless("a code, the same for many"),
    },
    about=("customer", Through(Interaction, "interaction_external_id", unless="customer")),
    active="answered_at",
)
describe(Survey, {"key": _OWN, "name": _OWN})
