"""surgeStarted: told when one begins, once, over a real process, a real Valkey and a real recompute."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.insights.surges.finding import hour_of
from apps.metrics.recompute import recompute_all
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.live.conftest import person
from tests.live.speaking import hear, open_socket, sign_in, subscribe
from tests.metrics.rows import store

FOLLOW = "subscription { surgeStarted { start end contacts expected } }"
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def write(brand: BrandRef, count: int, *starts: datetime) -> None:
    """Write so many contacts into each hour as a command would, recount as the worker would."""
    rows = [{"opened_at": start + place * timedelta(seconds=1)} for start in starts for place in range(count)]
    with brand_tx(brand):
        store(rows)
        # Days are the brand's, whose evening may be another day's morning elsewhere.
        mark("interaction", sorted({row["opened_at"].astimezone(brand.zone).date() for row in rows}))
    recompute_all(brand, now=timezone.now())


@pytest.fixture
def usual(committed: None, acme: BrandRef, globex: BrandRef) -> datetime:
    """Have three contacts an hour come to both brands for six weeks; return where the hour that runs began."""
    with brand_tx(acme):
        hour = hour_of(timezone.now())
    like = [hour - week * WEEK - back * HOUR for week in range(1, 7) for back in range(3)]
    for brand in (acme, globex):
        write(brand, 3, *like)
    return hour


def told(message: dict[str, Any]) -> Any:
    assert message["type"] == "next", message
    return message["payload"]["data"]["surgeStarted"]


def test_a_surge_is_told_once_and_to_its_own_brand(
    live_url: str, usual: datetime, acme: BrandRef, globex: BrandRef
) -> None:
    with open_socket(live_url) as ours, open_socket(live_url) as theirs:
        for socket, brand in ((ours, acme), (theirs, globex)):
            sign_in(socket, person(brand, Role.VIEWER).token)
            subscribe(socket, FOLLOW)
            assert told(hear(socket)) is None
        write(globex, 2, usual)  # no surge
        write(acme, 30, usual)
        first = told(hear(ours))
        write(acme, 5, usual)  # the same one grows
        write(acme, 30, usual - HOUR)  # and began earlier than was known: still the same
        write(globex, 30, usual)
        other = told(hear(theirs))

        assert datetime.fromisoformat(first["start"]) == usual
        assert (first["contacts"], first["expected"]) == (30, 3.0)
        assert datetime.fromisoformat(other["start"]) == usual
        assert other["contacts"] == 32
        with pytest.raises(TimeoutError):
            hear(ours, seconds=1)


def test_a_role_that_may_see_no_metrics_by_agent_cannot_follow_an_agents(
    live_url: str, usual: datetime, acme: BrandRef
) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, Role.ANALYST).token)
        subscribe(socket, 'subscription { surgeStarted(where: { agent: ["kim"] }) { start } }')
        refused = hear(socket)

    assert "FORBIDDEN" in str(refused)
