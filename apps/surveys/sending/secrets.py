"""Seal the secrets that a brand shares with its senders: the database alone opens none of them."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from cxplatform.tenancy.brand import BrandRef

_NONCE_BYTES = 12


class Unsealable(ValueError):
    """Sealed under another SECRET_KEY, for another brand or another use."""


def seal(secret: str, brand: BrandRef, use: str) -> bytes:
    """Encrypt a secret so that it opens for this brand and this use alone."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher().encrypt(nonce, secret.encode(), _bound_to(brand, use))


def unseal(sealed: bytes | memoryview, brand: BrandRef, use: str) -> str:
    """Return the secret. Raises: Unsealable."""
    try:
        opened = _cipher().decrypt(bytes(sealed[:_NONCE_BYTES]), bytes(sealed[_NONCE_BYTES:]), _bound_to(brand, use))
    except InvalidTag:
        raise Unsealable from None
    return opened.decode()


def _bound_to(brand: BrandRef, use: str) -> bytes:
    return brand.id.bytes + use.encode()


def _cipher() -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=b"secrets of survey sending").derive(settings.SECRET_KEY.encode()))
