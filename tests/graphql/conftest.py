"""Members with keys, and a client that asks as one of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from apps.accounts import commands
from apps.accounts.models import Brand
from apps.accounts.permissions import BRAND_ROLES, Role
from apps.customers.models import Customer, Order
from apps.interactions.models import Agent
from cxplatform.graphql.negotiation import GRAPHQL
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.graphql.rows import START, interaction, page_of_everything


@dataclass
class Asker:
    """Whoever sends requests: a token and the brand it chooses."""

    token: str | None
    member_id: Any = None
    brand: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def post(self, body: bytes, **headers: str) -> Any:
        sent = {"accept": GRAPHQL, **self.headers, **headers}
        if self.token is not None:
            sent["authorization"] = f"Bearer {self.token}"
        if self.brand is not None:
            sent["x-brand"] = self.brand
        content_type = sent.pop("content-type", "application/json")
        return Client(raise_request_exception=False).post("/graphql", body, content_type=content_type, headers=sent)

    def ask(self, query: str, variables: dict[str, Any] | None = None, **headers: str) -> dict[str, Any]:
        answer: dict[str, Any] = orjson.loads(self.bytes_of(query, variables, **headers))
        return answer

    def bytes_of(self, query: str, variables: dict[str, Any] | None = None, **headers: str) -> bytes:
        content: bytes = self.post(orjson.dumps({"query": query, "variables": variables}), **headers).content
        return content

    def data(self, query: str, variables: dict[str, Any] | None = None) -> Any:
        answer = self.ask(query, variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]


def codes(answer: dict[str, Any]) -> list[str]:
    """List the codes of an answer's errors."""
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


MakeAsker = Callable[..., Asker]


@pytest.fixture
def asker(db: None, acme: BrandRef) -> MakeAsker:
    """Make a member of a role with a key: a brand's belong to `brand` (Acme), the provider's are granted `brands`."""
    made = 0

    def make(
        role: Role, *, brand: BrandRef = acme, brands: tuple[BrandRef, ...] | None = None, scope: str = "FULL"
    ) -> Asker:
        nonlocal made
        made += 1
        now = timezone.now()
        with shared_tx():
            home = Brand.objects.get(pk=brand.id) if role in BRAND_ROLES else None
            granted = () if home else tuple(Brand.objects.get(pk=ref.id) for ref in brands or (brand,))
            member = commands.add_member(
                email=f"{role.value.lower()}{made}@example.com",
                name=f"{role.value.title()} {made}",
                role=role,
                brand=home,
                now=now,
                grants=granted,
            )
            _, token = commands.issue_key(member=member, name="test", scope=scope, now=now)
        return Asker(token, member.id)

    return make


@pytest.fixture
def admin(asker: MakeAsker) -> Asker:
    """Acme's administrator."""
    return asker(Role.BRAND_ADMIN)


@pytest.fixture
def everything(db: None, acme: BrandRef) -> None:
    """Five contacts with all that belongs to them, one about which nothing else is known, and an order of each kind."""
    page_of_everything(acme, 5)
    with brand_tx(acme):
        interaction("alone", opened_at=START, wait_seconds=1.5, reopened_at=[START])
        payer = Customer.objects.get(external_id="c0")
        for number, kind in enumerate(("PURCHASE", "REFUND", "PURCHASE")):
            Order.objects.create(
                external_id=f"o{number}", customer=payer, ordered_at=START, amount=5, currency="EUR",
                kind=kind,
            )  # fmt: skip


@pytest.fixture
def askers(everything: None, asker: MakeAsker, acme: BrandRef) -> dict[Role, Asker]:
    """Who sees all, who sees no personal data, who sees its own work alone, and who sees no rows."""
    found = {role: asker(role) for role in (Role.BRAND_ADMIN, Role.ANALYST, Role.AGENT, Role.VIEWER)}
    with brand_tx(acme):
        Agent.objects.filter(key="agent 1").update(member_id=found[Role.AGENT].member_id)
    return found
