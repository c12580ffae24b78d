"""People of the provider and of both brands, with a key each."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import Brand
from apps.accounts.permissions import BRAND_ROLES, Role
from cxplatform.tenancy.doors import shared_tx


@dataclass(frozen=True)
class Person:
    member_id: Any
    key_id: Any
    token: str

    @property
    def header(self) -> str:
        return f"Bearer {self.token}"


@pytest.fixture
def person(db: None):
    """Make a person with a role, a home or grants, and a key."""

    def make(role: Role, *brands, scope: str = "FULL", expires_at=None) -> Person:
        with shared_tx():
            rows = tuple(Brand.objects.filter(pk__in=[brand.id for brand in brands]))
            home = rows[0] if role in BRAND_ROLES else None
            number = Brand.objects.count() * 1000 + len(made)
            member = add_member(
                email=f"person{number}@example.com", name=f"Person {number}", role=role, brand=home,
                grants=() if home else rows, now=timezone.now(),
            )  # fmt: skip
            key, token = issue_key(member=member, name="test", scope=scope, expires_at=expires_at, now=timezone.now())
        made.append(member.id)
        return Person(member.id, key.id, token)

    made: list[Any] = []
    return make
