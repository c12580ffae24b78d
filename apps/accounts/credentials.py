"""The query every request begins with: keys, mostly one, their members and the members' brands.

Django compiles it once; each request runs the text it made. Nothing that was read is kept: a revoked key, a member
who left and a suspended brand are refused from the next request on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from apps.accounts.models import ApiKey
from apps.accounts.snapshots import BrandSnapshot
from cxplatform.tenancy.doors import read_shared
from cxplatform.tenancy.kept import Kept

_OWN = (
    *("id", "secret_hash", "scope", "expires_at", "revoked_at", "last_used_at"),
    *("member__id", "member__name", "member__email", "member__role", "member__is_active"),
)
_BRAND = tuple(field.name for field in fields(BrandSnapshot))


@dataclass(frozen=True, slots=True)
class Credential:
    """A key as it is stored now, whose it is, and the brand it belongs to; `home` None: the provider's."""

    key_id: UUID
    secret_hash: bytes
    scope: str
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    member_id: UUID
    member_name: str
    email: str
    role: str
    member_is_active: bool
    home: BrandSnapshot | None

    def is_valid(self, now: datetime) -> bool:
        """Tell whether the key may be used; whether the secret is right is another question."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now) and self.member_is_active


def credentials_of(public_ids: Collection[str]) -> dict[str, Credential]:
    """Read keys by the part of their tokens that is not secret, and by it; one query, in a shared door of its own."""
    rows = read_shared(_statement(), [list(public_ids)], Kept.PLANNED)
    return {public_id: _credential(row) for public_id, *row in rows}


def _credential(row: Sequence[Any]) -> Credential:
    brand = row[len(_OWN) :]
    values: list[Any] = [*row[: len(_OWN)], BrandSnapshot(*brand) if brand[0] is not None else None]
    return Credential(*values)


@cache
def _statement() -> str:
    columns = ["public_id", *_OWN, *(f"member__brand__{name}" for name in _BRAND)]
    statement, parameters = ApiKey.objects.filter(public_id="").values_list(*columns).query.sql_with_params()
    assert parameters == ("",), "the public id is its one parameter"
    for_one, nothing = statement.split(" = %s")
    assert not nothing, "and the last thing in the statement"
    return f"{for_one} = ANY(%s)"
