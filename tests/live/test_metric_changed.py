"""metricChanged: numbers as they are made anew, over a real process, a real Valkey and a real recompute."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.metrics.recompute import recompute_all
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.live.conftest import person
from tests.live.speaking import hear, open_socket, sign_in, subscribe
from tests.metrics.rows import store

FOLLOW = """subscription($keys: [MetricKey!]!, $window: WindowInput!, $where: MetricWhere) {
  metricChanged(keys: $keys, window: $window, where: $where) { key value sampleSize asOf }
}"""
APRIL = {"from": "2026-04-01T00:00:00-04:00", "to": "2026-05-01T00:00:00-04:00"}
DAY = datetime(2026, 4, 8, 15, tzinfo=UTC)


def write(brand: BrandRef, *rows: dict[str, Any]) -> None:
    """Write contacts as a command would, then recount as the worker would."""
    with brand_tx(brand):
        store([{"opened_at": DAY, **row} for row in rows])
        mark("interaction", [DAY.date()])
    recompute_all(brand, now=timezone.now())


def told(message: dict[str, Any]) -> dict[str, float | None]:
    """Return the values an event tells, by key."""
    assert message["type"] == "next", message
    return {each["key"]: each["value"] for each in message["payload"]["data"]["metricChanged"]}


def test_numbers_are_told_when_they_move(live_url: str, committed: None, acme: BrandRef) -> None:
    write(acme, {"external_id": "1", "answered": True, "wait_seconds": 10})
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, Role.VIEWER).token)
        subscribe(socket, FOLLOW, keys=["VOLUME", "SPEED_OF_ANSWER"], window=APRIL)
        first = told(hear(socket))
        write(acme, {"external_id": "2", "answered": True, "wait_seconds": 30})
        second = told(hear(socket))

    assert first == {"VOLUME": 1, "SPEED_OF_ANSWER": 10}
    assert second == {"VOLUME": 2, "SPEED_OF_ANSWER": 20}


def test_what_moves_no_number_is_no_event(live_url: str, committed: None, acme: BrandRef) -> None:
    write(acme, {"external_id": "1"})
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, Role.VIEWER).token)
        subscribe(socket, FOLLOW, keys=["VOLUME"], window=APRIL)
        before = hear(socket)["payload"]["data"]["metricChanged"][0]
        write(acme, {"external_id": "in May, so only asOf moves", "opened_at": datetime(2026, 5, 9, 15, tzinfo=UTC)})
        write(acme, {"external_id": "in April"})
        after = hear(socket)["payload"]["data"]["metricChanged"][0]

    assert before == {"key": "VOLUME", "value": 1, "sampleSize": 1, "asOf": "2026-04-08T15:00:00+00:00"}
    assert after == {"key": "VOLUME", "value": 2, "sampleSize": 2, "asOf": "2026-05-09T15:00:00+00:00"}


def test_a_brand_hears_of_its_own_numbers_alone(
    live_url: str, committed: None, acme: BrandRef, globex: BrandRef
) -> None:
    with open_socket(live_url) as ours, open_socket(live_url) as theirs:
        for socket, brand in ((ours, acme), (theirs, globex)):
            sign_in(socket, person(brand, Role.VIEWER).token)
            subscribe(socket, FOLLOW, keys=["VOLUME"], window=APRIL)
            assert told(hear(socket)) == {"VOLUME": None}
        write(globex, *({"external_id": str(number)} for number in range(7)))
        write(acme, {"external_id": "1"})

        assert told(hear(ours)) == {"VOLUME": 1}
        assert told(hear(theirs)) == {"VOLUME": 7}


def test_a_filter_narrows_what_is_followed(live_url: str, committed: None, acme: BrandRef) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, Role.VIEWER).token)
        subscribe(socket, FOLLOW, keys=["VOLUME"], window=APRIL, where={"channel": ["EMAIL"]})
        assert told(hear(socket)) == {"VOLUME": None}
        write(acme, {"external_id": "1", "channel": "PHONE"})
        write(acme, {"external_id": "2", "channel": "EMAIL"}, {"external_id": "3", "channel": "EMAIL"})

        assert told(hear(socket)) == {"VOLUME": 2}


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"keys": ["VOLUME"], "window": APRIL, "where": {"agent": ["a"]}}, "FORBIDDEN"),
        ({"keys": ["VOLUME"] * 51, "window": APRIL}, "BAD_USER_INPUT"),
        ({"keys": ["VOLUME"], "window": {"from": APRIL["to"], "to": APRIL["from"]}}, "BAD_USER_INPUT"),
        ({"keys": ["NO_SUCH"], "window": APRIL}, "BAD_USER_INPUT"),
    ],
)
def test_what_may_not_be_followed_is_refused_at_once(
    live_url: str, committed: None, acme: BrandRef, asked: dict[str, Any], code: str
) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, Role.VIEWER).token)
        subscribe(socket, FOLLOW, **asked)
        refused = hear(socket)

    assert (refused["type"], [error["extensions"]["code"] for error in refused["payload"]]) == ("error", [code])
