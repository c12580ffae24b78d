"""Secrets of endpoints as the database holds them: sealed by SECRET_KEY, each bound to its endpoint.

When SECRET_KEY changes they are lost, and new ones have to be made for the endpoints.
"""

import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE_BYTES = 12


class SecretLost(Exception):
    """Sealed under a SECRET_KEY that nobody has any more, or for another endpoint."""


def seal_secret(secret: str, endpoint_id: UUID) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, secret.encode("ascii"), endpoint_id.bytes)


def open_secret(sealed: bytes | memoryview, endpoint_id: UUID) -> str:
    """Return the secret. Raises: SecretLost."""
    sealed = bytes(sealed)
    try:
        opened = _cipher().decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], endpoint_id.bytes)
    except InvalidTag:
        raise SecretLost from None
    return opened.decode("ascii")


def _cipher() -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"webhook secret").derive(settings.SECRET_KEY.encode()))
