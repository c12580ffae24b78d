"""What one live process takes, at each limit and one above it; its neighbours are not counted."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from tests.live.conftest import Following, person
from tests.live.processes import live_process
from tests.live.speaking import closed_with, hear, open_socket, say, seated, sign_in
from tests.live.test_sse import follow_by_sse

OF_A_PROCESS, OF_A_BRAND = 4, 2


@pytest.fixture(scope="module")
def small_url(django_db_setup: None) -> Iterator[str]:
    """Start a process that takes little."""
    sizes = {"CX_LIVE_SOCKETS": str(OF_A_PROCESS), "CX_LIVE_SOCKETS_PER_BRAND": str(OF_A_BRAND)}
    with live_process(**sizes) as process:
        yield process.url


def test_a_process_takes_so_many_sockets_and_streams_in_all(small_url: str, following: dict[str, Following]) -> None:
    acme = following["acme"]
    with ExitStack() as stack:
        first, *_ = [stack.enter_context(open_socket(small_url)) for _ in range(OF_A_PROCESS)]
        assert closed_with(stack.enter_context(open_socket(small_url))) == 1013
        assert follow_by_sse(small_url, acme.token, acme.job_id).status == 429

        first.close()
        stack.enter_context(seated(small_url, acme.token))


def test_a_brand_has_so_many_by_whatever_keys_and_leaves_the_rest(
    small_url: str, committed: None, acme: BrandRef, globex: BrandRef
) -> None:
    keys = [person(acme, Role.VIEWER, f"viewer{number}").token for number in range(OF_A_BRAND + 1)]
    with ExitStack() as stack:
        for token in keys[:OF_A_BRAND]:
            stack.enter_context(seated(small_url, token))
        too_many = stack.enter_context(open_socket(small_url))
        say(too_many, type="connection_init", payload={"authorization": f"Bearer {keys[-1]}"})
        assert closed_with(too_many) == 1013

        stack.enter_context(seated(small_url, person(globex, Role.VIEWER).token))


def test_another_process_counts_its_own(small_url: str, live_url: str, committed: None, acme: BrandRef) -> None:
    token = person(acme, Role.VIEWER).token
    with ExitStack() as stack:
        for url in [small_url] * OF_A_BRAND + [live_url]:
            stack.enter_context(seated(url, token))


def test_a_message_may_be_as_long_as_the_limit_and_no_longer(small_url: str, following: dict[str, Following]) -> None:
    with open_socket(small_url) as socket:
        sign_in(socket, following["acme"].token)
        socket.send('{"type":"ping"}'.ljust(262_144))
        answered = hear(socket)
        socket.send('{"type":"ping"}'.ljust(262_145))

        assert answered == {"type": "pong"}
        assert closed_with(socket) == 1009
