"""slaAtRisk and slaBreached: told when targets are made anew, and when the clock alone changes them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from websockets.sync.client import ClientConnection

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


def due_at(brand: BrandRef) -> datetime:
    with brand_tx(brand):
        at = SlaInstance.objects.get().due_at
    assert at is not None
    return at


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
    with open_socket(live_url) as socket:
        sign_in(socket, person(promised, Role.BRAND_ADMIN).token)
        subscribe(socket, AT_RISK, "risk", within=300)
        subscribe(socket, BREACHED, "breach")
        first = {message["id"]: told(message) for message in (hear(socket), hear(socket))}
        assert first == {"risk": [], "breach": []}
        # A second before it changes; where a busy machine takes longer it is told of when it was written.
        write(promised, "c1", due_in=301)
        risk_at = due_at(promised) - timedelta(seconds=300)
        heard_of_risk_at = hear_until(socket, first, risk=[("c1", "RUNNING")], breach=[])
        write(promised, "c1", due_in=1)
        heard_of_breach_at = hear_until(socket, first, risk=[], breach=[("c1", "BREACHED")])

    assert heard_of_risk_at > risk_at
    assert heard_of_breach_at > due_at(promised)


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


def hear_until(socket: ClientConnection, said: dict[str, Any], **wanted: list[tuple[str, str]]) -> datetime:
    """Hear on from what was said until this is what is said of each; when that was."""
    while said != wanted:
        message = hear(socket)
        said[message["id"]] = told(message)
    return timezone.now()


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
