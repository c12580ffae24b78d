"""Seal an answer so that only whoever repeats the call can have it opened.

The sealing key is made from SECRET_KEY and the Idempotency-Key itself, of which no more than a hash is stored: neither
the database nor SECRET_KEY opens an answer, nor do both.
"""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES = 12


class Unsealable(ValueError):
    """Sealed by another key, or not as it was sealed."""


def name_of(secret: bytes) -> str:
    """Return what a secret is known by in the database."""
    return hmac.new(settings.SECRET_KEY.encode(), b"idempotency name:" + secret, hashlib.sha256).hexdigest()


def seal(secret: bytes, content: bytes, bound_to: bytes) -> bytes:
    """Encrypt and authenticate the content, and bind it to something that must be given to open it."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher(secret).encrypt(nonce, content, bound_to)


def unseal(secret: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """Return the content. Raises: Unsealable."""
    try:
        return _cipher(secret).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to)
    except InvalidTag:
        raise Unsealable from None


def _cipher(secret: bytes) -> AESGCM:
    derive = HKDF(SHA256(), 32, salt=settings.SECRET_KEY.encode(), info=b"idempotency answer")
    return AESGCM(derive.derive(secret))
