"""The query every request begins with: a key, its member and the member's brand.

Django compiles it once; each request runs the text it made. Nothing that was read is kept: a revoked key, a member
who left and a suspended brand are refused from the next request on.
"""

from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from apps.accounts.models import ApiKey
from apps.accounts.snapshots import BrandSnapshot
from cxplatform.tenancy.doors import sql

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


def credential_of(public_id: str) -> Credential | None:
    """Read a key by the part of its token that is not secret; one query, in the shared door."""
    with sql() as cursor:
        cursor.execute(_statement(), [public_id])
        row: tuple[Any, ...] | None = cursor.fetchone()
    if row is None:
        return None
    brand = row[len(_OWN) :]
    values: list[Any] = [*row[: len(_OWN)], BrandSnapshot(*brand) if brand[0] is not None else None]
    return Credential(*values)


@cache
def _statement() -> str:
    columns = [*_OWN, *(f"member__brand__{name}" for name in _BRAND)]
    statement, parameters = ApiKey.objects.filter(public_id="").values_list(*columns).query.sql_with_params()
    assert parameters == ("",), "the public id is its one parameter"
    return str(statement)
