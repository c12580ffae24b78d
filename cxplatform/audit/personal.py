"""What this app's tables hold. Nothing can be taken out of the trail, so no personal column's value goes in."""

from cxplatform.audit.models import AuditEvent
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.tags import harmless, staff

_NAMES = harmless("a name from the program")
_VALUES = harmless("of personal columns only that they changed: `record_row` asks the catalogue")
_DIGEST = harmless("a digest over what is not personal")

describe(
    AuditEvent,
    {
        "actor_name": staff("who acted"),
        "actor_role": _NAMES,
        "action": _NAMES,
        "object_type": _NAMES,
        "object_id": harmless("an id made here"),
        "object_label": harmless("what the brand calls its own things; people are named by their id alone"),
        "before": _VALUES,
        "after": _VALUES,
        "request_id": harmless("a request's number"),
        "previous_hash": _DIGEST,
        "hash": _DIGEST,
    },
    about="object_id",
)
