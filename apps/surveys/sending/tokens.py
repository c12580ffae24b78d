"""The secret in the address of an invitation's page; pure.

32 bytes: the brand's id, so that a page knows whose door to open, and 128 bits that nobody guesses. Stored is only
their SHA-256, which opens no page.
"""

import base64
import binascii
import hashlib
import secrets
from uuid import UUID

from cxplatform.tenancy.brand import BrandRef

LENGTH = 43
_BYTES, _RANDOM_BYTES = 32, 16


def new_token(brand: BrandRef) -> tuple[str, bytes]:
    """Make a token for a message, and the hash to store in its stead."""
    raw = brand.id.bytes + secrets.token_bytes(_RANDOM_BYTES)
    return _written(raw), hashlib.sha256(raw).digest()


def read_token(token: str) -> tuple[UUID, bytes] | None:
    """Return the brand's id and the hash to look up; None for what no token is written like."""
    if len(token) != LENGTH or not token.isascii():
        return None
    try:
        raw = base64.b64decode(token + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    # The last character has two bits to spare: one token has one spelling.
    if len(raw) != _BYTES or _written(raw) != token:
        return None
    return UUID(bytes=raw[:16]), hashlib.sha256(raw).digest()


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
