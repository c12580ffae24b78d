"""slaAtRisk and slaBreached: told when targets are made anew, and when the clock alone changes them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.interactions.models import Interaction, SlaInstance, SlaPolicy, SlaPolicyVersion
from apps.interactions.slas.marks import mark_told
from apps.interactions.slas.renewal import renew
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.live.conftest import person
from tests.live.speaking import hear, open_socket, sign_in, subscribe

AT_RISK = """subscription($within: Int!) { slaAtRisk(withinSeconds: $within) {
  state interaction { externalId } } }"""
BREACHED = "subscription { slaBreached { state interaction { externalId } } }"
LISTS = {"channels": [], "priorities": [], "queues": [], "segments": []}


@pytest.fixture
def promised(committed: None, acme: BrandRef, globex: BrandRef) -> BrandRef:
    """Promise a first reply within ten minutes in both brands."""
    for brand in (acme, globex):
        with brand_tx(brand):
            policy = SlaPolicy.objects.create(key="mail", created_at=timezone.now())
            SlaPolicyVersion.objects.create(
                policy=policy, number=1, rank=1, created_at=timezone.now(), **LISTS,
                effective_from=timezone.now() - timedelta(days=1),
                targets=[{"measure": "FIRST_REPLY", "business": False, "seconds": {"NORMAL": 600}}],
            )  # fmt: skip
    return acme


def write(brand: BrandRef, external_id: str, *, due_in: float, **values: Any) -> None:
    """Write a contact as a command would, then make its targets as the worker would."""
    opened_at: datetime = timezone.now() + timedelta(seconds=due_in - 600)
    with brand_tx(brand):
        row = {"channel": "EMAIL", "opened_at": opened_at, **values}
        written, _ = Interaction.objects.update_or_create(external_id=external_id, defaults=row)
        mark_told([(written.id, opened_at)])
    while renew(brand):
        pass


def told(message: dict[str, Any]) -> list[tuple[str, str]]:
    assert message["type"] == "next", message
    (targets,) = message["payload"]["data"].values()
    return [(target["interaction"]["externalId"], target["state"]) for target in targets]


def test_at_risk_are_told_as_contacts_come_and_are_replied_to(live_url: str, promised: BrandRef) -> None:
    write(promised, "c1", due_in=300)
    with open_socket(live_url) as socket:
        sign_in(socket, person(promised, Role.BRAND_ADMIN).token)
        subscribe(socket, AT_RISK, within=900)
        first = told(hear(socket))
        write(promised, "c2", due_in=200)
        second = told(hear(socket))
        write(promised, "c2", due_in=200, first_response_at=timezone.now())
        third = told(hear(socket))

    assert first == [("c1", "RUNNING")]
    assert second == [("c2", "RUNNING"), ("c1", "RUNNING")]
    assert third == [("c1", "RUNNING")]


def test_the_clock_alone_puts_a_target_at_risk_and_breaks_it(live_url: str, promised: BrandRef) -> None:
    write(promised, "c1", due_in=6)
    with open_socket(live_url) as socket:
        sign_in(socket, person(promised, Role.BRAND_ADMIN).token)
        subscribe(socket, AT_RISK, "risk", within=3)
        subscribe(socket, BREACHED, "breach")
        first = {message["id"]: told(message) for message in (hear(socket), hear(socket))}
        later = [(message["id"], told(message)) for message in (hear(socket), hear(socket), hear(socket))]
        heard_at = timezone.now()
    with brand_tx(promised):
        due_at = SlaInstance.objects.get().due_at
    assert due_at is not None

    assert first == {"risk": [], "breach": []}
    assert later[0] == ("risk", [("c1", "RUNNING")])
    assert sorted(later[1:]) == [("breach", [("c1", "BREACHED")]), ("risk", [])]
    assert heard_at > due_at


def test_nobody_hears_of_another_brands_targets(live_url: str, promised: BrandRef, globex: BrandRef) -> None:
    write(promised, "theirs", due_in=300)
    with open_socket(live_url) as socket:
        sign_in(socket, person(globex, Role.BRAND_ADMIN).token)
        subscribe(socket, AT_RISK, within=900)
        first = told(hear(socket))
        write(promised, "theirs too", due_in=200)
        write(globex, "ours", due_in=100)
        second = told(hear(socket))

    assert first == []
    assert second == [("ours", "RUNNING")]


@pytest.mark.parametrize("within", [0, 604_801])
def test_a_span_out_of_bounds_is_refused(live_url: str, promised: BrandRef, within: int) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, person(promised, Role.BRAND_ADMIN).token)
        subscribe(socket, AT_RISK, within=within)
        message = hear(socket)

    errors = message["payload"]["errors"] if message["type"] == "next" else message["payload"]
    assert [error["extensions"]["code"] for error in errors] == ["BAD_USER_INPUT"]


def test_whoever_may_not_look_at_contacts_hears_nothing(live_url: str, promised: BrandRef) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, person(promised, Role.VIEWER).token)
        subscribe(socket, BREACHED)
        message = hear(socket)

    errors = message["payload"]["errors"] if message["type"] == "next" else message["payload"]
    assert [error["extensions"]["code"] for error in errors] == ["FORBIDDEN"]
