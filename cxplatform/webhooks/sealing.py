"""Secrets of endpoints as the database holds them: sealed by SECRET_KEY, each bound to its endpoint.

A secret sealed under a former SECRET_KEY opens as long as SECRET_KEY_FALLBACKS names it; afterwards it is lost, and a
new one has to be made for the endpoint.
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
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, secret.encode("ascii"), endpoint_id.bytes)


def open_secret(sealed: bytes | memoryview, endpoint_id: UUID) -> str:
    """Return the secret. Raises: SecretLost."""
    sealed = bytes(sealed)
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = _cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], endpoint_id.bytes)
        except InvalidTag:
            continue
        return opened.decode("ascii")
    raise SecretLost


def _cipher(key: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"webhook secret").derive(key.encode()))
