"""What this app's tables hold."""

from cxplatform.idempotency.models import IdempotentCall
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.tags import harmless

_KEYED = harmless("a digest keyed by what the caller alone has")

describe(
    IdempotentCall,
    {
        "key_hash": _KEYED,
        "fingerprint": _KEYED,
        "answer": harmless("sealed by a key the caller alone has; gone after CX_IDEMPOTENCY_HOURS"),
    },
)
