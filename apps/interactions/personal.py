"""What this app's tables hold of customers: their contacts, and what was said in them."""

from apps.interactions.models import (
    Agent,
    AgentStateChange,
    Calendar,
    CalendarVersion,
    Case,
    CaseChange,
    CaseMark,
    CasePin,
    Interaction,
    InteractionEvent,
    MediaReference,
    MergedCase,
    Message,
    Queue,
    Reason,
    ReasonAlias,
    ReasonVersion,
    Skill,
    SlaInstance,
    SlaPolicy,
    SlaPolicyVersion,
    Team,
    Work,
)
from apps.interactions.work.rows import MADE_HERE
from apps.journeys.models import Handoff
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.described import Through
from cxplatform.privacy.tags import IMPORTED, TEXT, harmless, identity, key_of, staff

_OWN = harmless("the brand's own words for its service")
_CODE = harmless("a code, the same for many")
_NAMES = Through(Interaction, "interaction_external_id")
_OF_CONTACT = {**IMPORTED, "interaction_external_id": key_of(Interaction)}

describe(
    Interaction,
    {
        **IMPORTED,
        "subject": TEXT,
        "text": TEXT,
        "language": _CODE,
        "as_imported": harmless("times, counts and ids of what events tell"),
    },
    about="customer",
    active="opened_at",
)
describe(
    InteractionEvent,
    {**_OF_CONTACT, "external_id": identity(made_here=MADE_HERE), "resolution": _CODE},
    about=_NAMES,
    active="at",
)
describe(Message, {**_OF_CONTACT, "text": TEXT}, about=_NAMES, active="at")
describe(MediaReference, {**_OF_CONTACT, "url": TEXT}, about=_NAMES, active="at", removed=True)
# Hand-offs are of the app of journeys, which does not know contacts.
describe(Handoff, {**_OF_CONTACT, "promise": _OWN}, about="customer", active="handed_at")
describe(Case, {}, about="customer")
describe(MergedCase, {}, about="into__customer")
describe(CasePin, {}, about=("customer", "interaction__customer"))
describe(CaseChange, {"actor_name": staff("who decided")}, about=("case__customer", "interaction__customer"))
describe(CaseMark, {}, about="customer_id")
describe(Work, {}, about="interaction__customer")
describe(SlaInstance, {}, about="interaction__customer")

_STAFF = staff("an agent, as a system names it")
describe(Agent, {"key": _STAFF, "name": _STAFF})
describe(AgentStateChange, {"source": IMPORTED["source"], "external_id": staff("a moment of an agent's day")})
describe(Calendar, {"key": _OWN, "name": _OWN})
describe(CalendarVersion, dict.fromkeys(("time_zone", "hours", "holidays", "special_days"), _OWN))
describe(Queue, {"key": _OWN, "name": _OWN})
describe(Team, {"key": _OWN})
describe(Skill, {"key": _OWN})
describe(Reason, {"path": _OWN, "name": _OWN})
describe(ReasonAlias, {"path": _OWN})
describe(ReasonVersion, {"path": _OWN, "name": _OWN})
describe(SlaPolicy, {"key": _OWN, "name": _OWN})
describe(SlaPolicyVersion, dict.fromkeys(("channels", "priorities", "queues", "segments", "targets"), _OWN))
