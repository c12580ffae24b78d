"""Who comes in: addresses, strangers, and those told to wait."""

from typing import Any
from uuid import uuid4

import pytest

from cxplatform.errors import Unauthenticated
from cxplatform.throttle.addresses import client_address
from cxplatform.throttle.buckets import RateLimited
from cxplatform.throttle.entrance import Entrance
from cxplatform.throttle.remembered import Remembered


@pytest.fixture(autouse=True)
def _turned_on(settings: Any) -> None:
    settings.CX_THROTTLE = True


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "expected"),
    [
        ("203.0.113.9", None, [], "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", [], "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", ["10.0.0.0/8"], "198.51.100.1"),
        ("203.0.113.9", "198.51.100.1", ["10.0.0.0/8"], "203.0.113.9"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", ["10.0.0.0/8"], "198.51.100.1"),
        ("10.0.0.1", "not an address", ["10.0.0.0/8"], "10.0.0.1"),
        ("10.0.0.1", None, ["10.0.0.0/8"], "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", None, [], "2001:db8:1:2::"),
        ("::ffff:203.0.113.9", None, [], "203.0.113.9"),
        ("", None, [], "unknown"),
    ],
)
def test_an_address_is_the_last_that_no_proxy_of_ours_has(
    settings: Any, peer: str, forwarded: str | None, trusted: list[str], expected: str
) -> None:
    settings.CX_TRUSTED_PROXIES = trusted

    assert client_address(peer, forwarded) == expected


def _refused() -> None:
    raise Unauthenticated("no")


def test_a_strangers_attempts_are_counted_before_anybody_is_asked(settings: Any) -> None:
    settings.CX_THROTTLE_ADDRESS_ATTEMPTS, settings.CX_THROTTLE_ADDRESS_ATTEMPTS_A_SECOND = 3, 0.001
    address, asked = str(uuid4()), []

    def authenticate() -> None:
        asked.append(1)
        _refused()

    for number in range(3):
        with pytest.raises(Unauthenticated):
            Entrance(address, f"Bearer {number}").authenticated(authenticate)
    with pytest.raises(RateLimited):
        Entrance(address, "Bearer 4").authenticated(authenticate)

    assert len(asked) == 3


def test_whoever_was_let_in_before_does_not_suffer_from_strangers_beside_it(settings: Any) -> None:
    settings.CX_THROTTLE_ADDRESS_ATTEMPTS, settings.CX_THROTTLE_ADDRESS_ATTEMPTS_A_SECOND = 1, 0.001
    address, good = str(uuid4()), f"Bearer {uuid4()}"
    assert Entrance(address, good).authenticated(lambda: "me") == "me"
    with pytest.raises(Unauthenticated):
        Entrance(address, "Bearer wrong").authenticated(_refused)
    with pytest.raises(RateLimited):
        Entrance(address, "Bearer new").authenticated(lambda: "somebody")

    assert Entrance(address, good).authenticated(lambda: "me") == "me"


def test_whoever_was_told_to_wait_is_not_looked_at_until_then() -> None:
    address, token = str(uuid4()), f"Bearer {uuid4()}"
    with pytest.raises(RateLimited), Entrance(address, token, "acme").telling_to_wait():
        raise RateLimited("wait", retry_after_seconds=30)

    with pytest.raises(RateLimited) as told:
        Entrance(address, token, "acme").authenticated(lambda: pytest.fail("it was looked at"))

    assert 29 <= told.value.retry_after_seconds <= 30
    assert Entrance(address, token, "globex").authenticated(lambda: "me") == "me"


def test_what_is_remembered_is_forgotten_in_time() -> None:
    now = [100.0]
    remembered = Remembered(lambda: now[0])
    remembered.keep(b"x", 10)

    now[0] = 104.0
    assert remembered.left(b"x") == 6
    now[0] = 111.0
    assert remembered.left(b"x") == 0
