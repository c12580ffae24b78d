"""Which occasions are asked about where not all are. Pure: no database."""

import hashlib
from uuid import UUID

_WHOLE = 2**64


def is_sampled(campaign_id: UUID, occasion: str, share: float) -> bool:
    """Tell whether an occasion is in a sample: always the same answer; a larger sample has the smaller in it."""
    digest = hashlib.blake2b(campaign_id.bytes + occasion.encode(), digest_size=8).digest()
    return int.from_bytes(digest) < share * _WHOLE
