"""The provider's people leave one row in a brand's trail for what they follow, however many events come of it."""

from contextlib import closing

import orjson
import pytest

from apps.accounts.permissions import Role
from tests.audit.conftest import trail
from tests.live.conftest import Following, person
from tests.live.speaking import hear, open_socket, sign_in, subscribe
from tests.live.test_sse import FOLLOW, events_of, follow_by_sse


def follow_to_its_end(live_url: str, token: str, acme: Following, by: str) -> int:
    """Follow the brand's import until it is done; how many events came."""
    if by == "SSE":
        with closing(follow_by_sse(live_url, token, acme.job_id, **{"x-brand": "acme"})) as response:
            events = events_of(response)
            next(events)
            acme.change(state="DONE", rows=3, accepted=3)
            return 1 + sum(name == "next" for name, _ in events)
    with open_socket(live_url) as socket:
        sign_in(socket, token, brand="acme")
        subscribe(socket, FOLLOW, id=acme.job_id)
        heard = [hear(socket)]
        acme.change(state="DONE", rows=3, accepted=3)
        while heard[-1]["type"] != "complete":
            heard.append(hear(socket))
    return len(heard) - 1


@pytest.mark.parametrize("by", ["SSE", "WebSocket"])
@pytest.mark.parametrize(("role", "rows"), [(Role.SUPERVISOR, 1), (Role.BRAND_ADMIN, 0)])
def test_a_followed_import_is_one_access_of_the_providers_and_none_of_the_brands(
    live_url: str, following: dict[str, Following], by: str, role: Role, rows: int
) -> None:
    acme = following["acme"]

    events = follow_to_its_end(live_url, person(acme.brand, role, "follower").token, acme, by)

    assert events == 2
    told = [(event.action, event.object_type, orjson.loads(event.after)) for event in trail(acme.brand)]
    assert told == [("access", "Subscription", {"fields": ["importJobProgressed"]})] * rows
