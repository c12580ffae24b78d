"""A call under an Idempotency-Key is carried out once: its row is written first, in its own transaction.

Whoever repeats it meanwhile waits at that row until the first has committed, and reads its answer, or has rolled
back, and is then the first.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.conf import settings
from django.db import OperationalError
from psycopg import errors

from cxplatform.errors import BadInput, Conflict, TooLarge, Unavailable
from cxplatform.idempotency.sealing import name_of, seal, unseal
from cxplatform.tenancy.doors import sql

HEADER = "Idempotency-Key"
_MOST_CHARACTERS = 255


class StillRunning(Unavailable):
    retry_after_seconds = 5


@dataclass(frozen=True)
class Call:
    """One call: who makes it, under which key, and a fingerprint of what it asks."""

    secret: bytes
    fingerprint: str

    @property
    def name(self) -> str:
        return name_of(self.secret)


def call_of(key: object, *, caller: UUID, asked: dict[str, Any]) -> Call:
    """Make the call of a key, which is one caller's alone. Raises: BadInput."""
    if not isinstance(key, str) or not 1 <= len(key) <= _MOST_CHARACTERS or not (key.isascii() and key.isprintable()):
        raise BadInput(f"{HEADER} has 1 to {_MOST_CHARACTERS} printable ASCII characters.", field=HEADER)
    secret = caller.bytes + key.encode()
    # Keyed, or what was asked could be found by trying: it may hold somebody's address, and the rest is known.
    told = orjson.dumps(asked, option=orjson.OPT_SORT_KEYS)
    return Call(secret, hmac.new(secret, told, hashlib.sha256).hexdigest())


def begin(call: Call, *, now: datetime) -> bytes | None:
    """Be the first to make the call in the open door, which gives None; or return what the first was answered.

    Raises: Conflict, when the first asked for something else; StillRunning, when it does not end.
    """
    try:
        stored = _first_or_stored(call, now)
    except OperationalError as error:
        if isinstance(error.__cause__, errors.LockNotAvailable | errors.QueryCanceled):
            raise StillRunning(f"The first call with this {HEADER} is still running; try again.") from error
        raise
    if stored is None:
        return None
    fingerprint, answer = stored
    if fingerprint != call.fingerprint:
        raise Conflict(f"This {HEADER} was used for another request.", field=HEADER)
    return unseal(call.secret, bytes(answer), fingerprint.encode())


def finish(call: Call, answer: bytes) -> None:
    """Keep the answer. Raises: TooLarge, upon which the transaction must be rolled back."""
    if len(answer) > settings.CX_IDEMPOTENCY_MAX_BYTES:
        most = f"{settings.CX_IDEMPOTENCY_MAX_BYTES:,}"
        raise TooLarge(f"An answer under an {HEADER} has at most {most} bytes; nothing was done, select less.")
    sealed = seal(call.secret, answer, call.fingerprint.encode())
    with sql() as cursor:
        cursor.execute("UPDATE idempotency_call SET answer = %s WHERE key_hash = %s", [sealed, call.name])


def give_up(call: Call) -> None:
    """Forget the call, of which nothing came: whoever repeats it is the first."""
    with sql() as cursor:
        cursor.execute("DELETE FROM idempotency_call WHERE key_hash = %s", [call.name])


def _first_or_stored(call: Call, now: datetime) -> tuple[str, bytes] | None:
    with sql() as cursor:
        cursor.execute(
            "INSERT INTO idempotency_call (key_hash, fingerprint, created_at) VALUES (%s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            [call.name, call.fingerprint, now],
        )
        if cursor.rowcount == 1:
            return None
        cursor.execute("SELECT fingerprint, answer FROM idempotency_call WHERE key_hash = %s", [call.name])
        stored: tuple[str, bytes] | None = cursor.fetchone()
    if stored is None:
        raise StillRunning(f"What was known of this {HEADER} has just been forgotten; try again.")
    return stored
