"""Deliveries to real receivers, checked by the package of the standard."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from cxplatform.audit.actors import OPERATOR
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks import delivering, endpoints, outbox, replaying
from cxplatform.webhooks.delivering import AT_ONCE, SLOW_SECONDS
from cxplatform.webhooks.models import WebhookDelivery
from cxplatform.webhooks.outbox import KIND
from cxplatform.webhooks.retention import forget_old_deliveries
from cxplatform.webhooks.schedule import WAITS, wait_after
from tests.webhooks.made import deliveries, endpoint, stored, tell
from tests.webhooks.receiver import Receiver, receiving

pytestmark = pytest.mark.usefixtures("committed", "local")
IN_VAIN_SECONDS = SLOW_SECONDS + 1


@pytest.fixture
def local(settings: Any) -> None:
    settings.CX_WEBHOOK_ALLOWED_NETWORKS = ["127.0.0.0/8"]


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait less long in vain than the product does, and still longer than what it calls slow."""
    monkeypatch.setattr(delivering, "TIMEOUT_SECONDS", IN_VAIN_SECONDS)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as running:
        yield running


def test_what_happens_arrives_signed_and_is_written_down(acme: BrandRef, globex: BrandRef, receiver: Receiver) -> None:
    _, secret = endpoint(acme, receiver.url, timezone.now())
    endpoint(globex, receiver.url, timezone.now())
    tell(acme, timezone.now(), {"score": 3}, {"score": 4})

    run_due(acme)

    first, second = (Webhook(secret).verify(got.body, got.headers) for got in receiver.got)
    assert [each["type"] for each in (first, second)] == ["response.received"] * 2
    assert sorted(each["data"]["score"] for each in (first, second)) == [3, 4]
    made = deliveries(acme)
    assert [(each.state, each.tries, each.log[0]["status"]) for each in made] == [("DELIVERED", 1, 200)] * 2
    assert {got.headers["webhook-id"] for got in receiver.got} == {each.message_id for each in made}
    assert deliveries(globex) == []


def test_what_is_rolled_back_is_never_told(acme: BrandRef, receiver: Receiver) -> None:
    endpoint(acme, receiver.url, timezone.now())
    with brand_tx(acme):
        outbox.tell("response.received", [{}], now=timezone.now())
        transaction.set_rollback(True)

    run_due(acme)

    assert (receiver.got, deliveries(acme)) == ([], [])


def test_it_is_tried_by_the_schedule_under_one_id_and_then_given_up(acme: BrandRef, receiver: Receiver) -> None:
    receiver.statuses = [500] * 20
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        endpoint(acme, receiver.url, now)
        tell(acme, now, {})
        waited = []
        for _ in range(8):
            run_due(acme)
            (its,) = deliveries(acme)
            if its.next_at is not None:
                waited.append(its.next_at - timezone.now())
                clock.move_to(its.next_at)
        run_due(acme)

    assert (its.state, its.tries, [entry["status"] for entry in its.log]) == ("FAILED", 8, [500] * 8)
    assert all(least <= wait <= least * 1.1 for least, wait in zip(WAITS, waited, strict=True))
    assert [got.headers["webhook-id"] for got in receiver.got] == [its.message_id] * 8


def test_the_schedule_is_the_one_of_the_standard() -> None:
    hours = [wait.total_seconds() for tries in range(1, 8) if (wait := wait_after(tries, 0))]
    assert hours == [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000]
    assert (wait_after(1, 1), wait_after(8, 0)) == (timedelta(seconds=5.5), None)


def test_410_and_five_days_of_failure_disable_an_endpoint(acme: BrandRef, receiver: Receiver) -> None:
    now = timezone.now()
    gone, _ = endpoint(acme, receiver.url, now)
    receiver.statuses = [410]
    tell(acme, now, {})
    run_due(acme)
    assert (stored(acme, gone).state, stored(acme, gone).why_disabled) == ("DISABLED", "GONE")

    failing, _ = endpoint(acme, receiver.url, now)
    with time_machine.travel(now, tick=False) as clock:
        for days, state in ((0, "ACTIVE"), (4.9, "ACTIVE"), (5, "DISABLED")):
            clock.move_to(now + timedelta(days=days))
            receiver.statuses = [503] * 10
            tell(acme, timezone.now(), {})
            run_due(acme)
            assert stored(acme, failing).state == state
    assert stored(acme, failing).why_disabled == "FAILING"
    assert {each.state for each in deliveries(acme)} == {"FAILED"}

    with brand_tx(acme):
        endpoints.enable_webhook_endpoint(actor=OPERATOR, endpoint_id=failing, now=now)
        again = replaying.replay_webhook_deliveries(
            actor=OPERATOR, endpoint_id=failing, delivery_ids=None, failed_since=now, now=timezone.now()
        )
    receiver.statuses = []
    run_due(acme)
    assert again == 3
    assert sorted(each.state for each in deliveries(acme)) == ["DELIVERED"] * 3 + ["FAILED"]


def test_while_a_secret_changes_both_fit_and_a_day_later_the_new_one_alone(acme: BrandRef, receiver: Receiver) -> None:
    now = timezone.now()
    key, old = endpoint(acme, receiver.url, now)
    with brand_tx(acme):
        row, new = endpoints.rotate_webhook_secret(actor=OPERATOR, endpoint_id=key, now=now)
        assert new.encode() not in bytes(row.secret)
    tell(acme, now, {})
    run_due(acme)
    for secret in (old, new):
        assert Webhook(secret).verify(receiver.got[0].body, receiver.got[0].headers)["type"] == "response.received"

    with brand_tx(acme):
        type(row).objects.update(previous_until=timezone.now())
    tell(acme, now, {})
    run_due(acme)
    Webhook(new).verify(receiver.got[1].body, receiver.got[1].headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(receiver.got[1].body, receiver.got[1].headers)


def test_nothing_is_sent_inside_whatever_was_written_down(acme: BrandRef, receiver: Receiver, settings: Any) -> None:
    endpoint(acme, f"https://localhost:{receiver.port}/", timezone.now())
    settings.CX_WEBHOOK_ALLOWED_NETWORKS = []
    tell(acme, timezone.now(), {})

    run_due(acme)

    (its,) = deliveries(acme)
    assert (its.state, its.log[0]["status"], its.log[0]["why"]) == ("WAITING", None, "FORBIDDEN_ADDRESS")
    assert receiver.got == []


def test_what_ended_long_ago_is_forgotten(acme: BrandRef, receiver: Receiver, settings: Any) -> None:
    endpoint(acme, receiver.url, timezone.now())
    tell(acme, timezone.now(), {}, {})
    run_due(acme)
    with brand_tx(acme):
        old = WebhookDelivery.objects.order_by("id").first()
        WebhookDelivery.objects.filter(pk=old.pk).update(ended_at=timezone.now() - timedelta(days=31))
        Job.objects.update(finished_at=timezone.now() - timedelta(days=31))

    forget_old_deliveries(acme)

    assert [each.pk == old.pk for each in deliveries(acme)] == [False]
    with brand_tx(acme):
        assert not Job.objects.filter(kind=KIND, state="DONE").exists()


@pytest.mark.parametrize("seconds", [SLOW_SECONDS + 0.5, IN_VAIN_SECONDS + 2])
def test_who_answers_slowly_or_never_holds_up_other_endpoints_for_one_turn(
    acme: BrandRef, receiver: Receiver, seconds: float
) -> None:
    with receiving() as slow:
        slow.seconds = seconds
        endpoint(acme, slow.url, timezone.now())
        tell(acme, timezone.now(), *[{"score": 1}] * (AT_ONCE + 1))
        endpoint(acme, receiver.url, timezone.now(), "follow_up.opened")
        with brand_tx(acme):
            outbox.tell("follow_up.opened", [{}], now=timezone.now())

        run_due(acme)
        (got,) = receiver.got

    assert len([each for each in slow.got if each.at < got.at]) == AT_ONCE


def test_where_nothing_arrives_in_time_nobody_tries_for_a_while_and_then_with_one(
    acme: BrandRef, receiver: Receiver
) -> None:
    receiver.seconds = IN_VAIN_SECONDS + 2
    key, _ = endpoint(acme, receiver.url, timezone.now())
    tell(acme, timezone.now(), *[{"score": 1}] * (AT_ONCE + 3))
    run_due(acme)
    tell(acme, timezone.now(), {"score": 2})

    run_due(acme)

    assert len(receiver.got) == AT_ONCE
    assert stored(acme, key).failing_since is not None
    with time_machine.travel(timezone.now() + outbox.REST + timedelta(seconds=1)):
        run_due(acme)
    assert len(receiver.got) == AT_ONCE + 1
    receiver.seconds = 0.0
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        run_due(acme)
    assert stored(acme, key).failing_since is None
    assert {each.state for each in deliveries(acme)} == {"DELIVERED"}
    assert len(deliveries(acme)) == AT_ONCE + 4
