"""API keys: `cx_<id>_<secret>`, shown once, kept as a peppered SHA-256."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ID_LENGTH = 12
_SECRET_LENGTH = 43  # 256 bits in base 62
_TOKEN = re.compile(rf"\Acx_([0-9A-Za-z]{{{_ID_LENGTH}}})_([0-9A-Za-z]{{{_SECRET_LENGTH}}})\Z")


@dataclass(frozen=True)
class NewKey:
    """A key at the one moment its token is known."""

    public_id: str
    secret_hash: bytes
    token: str

    def __repr__(self) -> str:
        return f"NewKey(public_id={self.public_id!r})"


class Token(NamedTuple):
    """A token taken apart."""

    public_id: str
    secret: str

    def __repr__(self) -> str:
        return f"Token(public_id={self.public_id!r})"


def make_key() -> NewKey:
    """Draw a new key from the system's randomness."""
    public_id, secret = _draw(_ID_LENGTH), _draw(_SECRET_LENGTH)
    return NewKey(public_id, hash_secret(secret), f"cx_{public_id}_{secret}")


def parse_token(token: str) -> Token | None:
    """Split a token into its public id and its secret, or return None when it has not a token's form."""
    match = _TOKEN.match(token)
    return Token(match[1], match[2]) if match else None


def hash_secret(secret: str) -> bytes:
    """Hash a secret: HMAC-SHA-256 under the pepper. A secret of 256 random bits needs no slow hash."""
    keyed = _keyed(settings.CX_KEY_PEPPER).copy()
    keyed.update(secret.encode())
    return keyed.digest()


@lru_cache(maxsize=2)
def _keyed(pepper: str) -> hmac.HMAC:
    return hmac.new(pepper.encode(), digestmod=hashlib.sha256)


def matches(secret: str, secret_hash: bytes) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(hash_secret(secret), secret_hash)


def _draw(length: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
