"""The token of a download: the brand's id, 128 random bits, and our signature over both.

A made-up one fails at the signature, before any database is asked. Of a true one the database knows the SHA-256 alone.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from uuid import UUID

from django.conf import settings

_PART = 16
_SALT = b"cxplatform.exports.links"


def new_token(brand_id: UUID) -> str:
    """Return a token nobody has: 64 characters."""
    told = brand_id.bytes + secrets.token_bytes(_PART)
    return urlsafe_b64encode(told + _signature(told)).decode()


def read_token(token: str) -> UUID | None:
    """Return whose a token is; None for one that was not made here."""
    try:
        told = urlsafe_b64decode(token.encode("ascii"))
    except (Error, UnicodeEncodeError, ValueError):
        return None
    if len(told) != 3 * _PART or not hmac.compare_digest(told[2 * _PART :], _signature(told[: 2 * _PART])):
        return None
    return UUID(bytes=told[:_PART])


def hash_of(token: str) -> bytes:
    """Return what a token is known by."""
    return hashlib.sha256(token.encode()).digest()


def _signature(told: bytes) -> bytes:
    key = hashlib.sha256(_SALT + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, told, hashlib.sha256).digest()[:_PART]
