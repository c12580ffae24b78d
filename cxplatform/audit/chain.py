"""The SQL of the trail: take the chain's lock, read its head, add links. Runs inside the open door.

The lock is one of the transaction, a lock for each schema, and is taken as the transaction's last act: it is held for
an INSERT and the COMMIT. So the chain is linear, nobody waits for a lock while holding it, and an import that runs for
minutes keeps nobody waiting.
"""

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from django.db.backends.utils import CursorWrapper

from cxplatform.audit.links import NOTHING, Head, Link, hash_of
from cxplatform.tenancy.doors import sql

_HEAD = "SELECT sequence, hash FROM audit_event ORDER BY sequence DESC LIMIT 1"
# Several statements in one message: the head must be read by a statement that began after the lock was had.
_TAKE = f"SELECT pg_advisory_xact_lock(%s); {_HEAD}"
# A COMMIT that does not wait for the disk. What a crash of the server could take with it is the trail's very end.
_LAZILY = "SET LOCAL synchronous_commit = off; "
# Written once, of our own names alone: composing it anew would cost more than all else here.
_INSERT = f"INSERT INTO audit_event ({', '.join(Link._fields)}) VALUES "  # noqa: S608  # as said
_ROW = f"({', '.join(['%s'] * len(Link._fields))})"


def append(schema: str, links: Sequence[Link], *, lazily: bool = False) -> None:
    """Bind links to the chain's end in their order and store them; what they hold of sequence and hashes is replaced.

    `lazily`: the COMMIT of the whole transaction does not wait for the disk.
    """
    with sql() as cursor:
        head = _take(cursor, schema, lazily=lazily)
        bound: list[Link] = []
        for link in links:
            following = link._replace(sequence=head.sequence + 1, previous_hash=head.hash)
            following = following._replace(hash=hash_of(schema, following))
            head = Head(following.sequence, following.hash)
            bound.append(following)
        cursor.execute(_INSERT + ", ".join([_ROW] * len(bound)), [value for link in bound for value in link])


def head_of_trail() -> Head:
    """Read the end of the open door's chain; an empty one's is nothing's."""
    with sql() as cursor:
        cursor.execute(_HEAD)
        row = cursor.fetchone()
    return Head(*row) if row else Head(0, NOTHING)


def _take(cursor: CursorWrapper, schema: str, *, lazily: bool) -> Head:
    cursor.execute(_LAZILY + _TAKE if lazily else _TAKE, [_lock_of(schema)])
    while cursor.nextset():
        pass
    row = cursor.fetchone()
    return Head(*row) if row else Head(0, NOTHING)


@lru_cache(maxsize=4_096)
def _lock_of(schema: str) -> int:
    digest = hashlib.blake2b(f"{schema}:audit".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
