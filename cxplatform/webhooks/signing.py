"""Standard Webhooks: how a receiver knows that a message is ours, new and whole. See docs/webhooks.md.

What is signed is `<id>.<timestamp>.<body>`, by HMAC-SHA-256 under a secret that both sides know.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from typing import Final

ID: Final = "webhook-id"
TIMESTAMP: Final = "webhook-timestamp"
SIGNATURE: Final = "webhook-signature"
# How far the moment that a message names may lie from now, either way.
TOLERANCE_SECONDS: Final = 5 * 60
_PREFIX: Final = "whsec_"
_VERSION: Final = "v1"


class NotSigned(Exception):
    """A message that nobody who knows a secret made, or too long ago."""


def new_secret() -> str:
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def sign(secret: str, msg_id: str, timestamp: int, body: bytes) -> str:
    """Say the signature of one message: `v1,` and the digest in base64."""
    if "." in msg_id:
        raise ValueError("A dot in the id would let two messages have one signature.")
    signed = f"{msg_id}.{timestamp}.".encode() + body
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return f"{_VERSION},{base64.b64encode(digest).decode('ascii')}"


def signed_headers(held: Iterable[str], msg_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Say the three headers; while secrets change, a message is signed under the old one too."""
    signatures = " ".join(sign(secret, msg_id, timestamp, body) for secret in held)
    return {ID: msg_id, TIMESTAMP: str(timestamp), SIGNATURE: signatures}


def verify(held: Iterable[str], headers: Mapping[str, str], body: bytes, *, now: float) -> str:
    """Say the id of a message that came in, if one of its signatures is by one of the secrets."""
    given = {name.lower(): value for name, value in headers.items()}
    msg_id, timestamp = given.get(ID, ""), given.get(TIMESTAMP, "")
    if not msg_id or "." in msg_id or not (timestamp.isascii() and timestamp.isdigit()) or len(timestamp) > 12:
        raise NotSigned("The message lacks its id or its time.")
    if abs(now - int(timestamp)) > TOLERANCE_SECONDS:
        raise NotSigned("The message is too old, or of the future.")
    signatures = given.get(SIGNATURE, "").encode("utf-8", "replace").split()
    expected = [sign(secret, msg_id, int(timestamp), body).encode("ascii") for secret in held]
    # All are compared, so that the time it takes tells nothing of which one fits.
    if not sum(hmac.compare_digest(one, signature) for one in expected for signature in signatures):
        raise NotSigned("No signature is by a secret known here.")
    return msg_id


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        # The error would quote what it could not read.
        raise ValueError("A secret is whsec_ and base64.") from None
