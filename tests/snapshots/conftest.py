"""Who asks in the committed world."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import Brand
from apps.accounts.permissions import BRAND_ROLES, Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx
from tests.graphql.conftest import Asker
from tests.isolation.api import world

Member = Callable[[Role], Asker]


@pytest.fixture
def member(committed: None, acme: BrandRef, globex: BrandRef) -> Member:
    """Make somebody of a role: Acme's, or the provider's, who may work for both brands and chooses Acme."""

    def make(role: Role) -> Asker:
        now, ours = timezone.now(), role not in BRAND_ROLES
        with shared_tx():
            homes = {ref: Brand.objects.get(pk=ref.id) for ref in (acme, globex)}
            made = add_member(
                email=f"{role.value.lower()}@example.com", name=role.value, role=role, now=now,
                brand=None if ours else homes[acme], grants=tuple(homes.values()) if ours else (),
            )  # fmt: skip
            _, token = issue_key(member=made, name="test", now=now)
        return Asker(token, made.id, "acme" if ours else None)

    return make


@pytest.fixture
def filled(committed: None, acme: BrandRef) -> BrandRef:
    """Fill Acme's world."""
    world.fill(acme)
    return acme


@pytest.fixture(autouse=True)
def _unkept(settings: Any) -> None:
    # The first time a statement is kept there is one more.
    settings.CX_KEEP_STATEMENTS = False
