"""A hundred streams: they hold no more connections than the process has threads, and others are answered meanwhile."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any

import pytest
from django.db import connections

from cxplatform.graphql.live.turns import THREADS
from tests.live.conftest import Following
from tests.live.processes import LiveProcess, live_process
from tests.live.speaking import hear, open_socket, sign_in, subscribe
from tests.live.test_sse import events_of, follow_by_sse

STREAMS, NAME = 100, "process of the streams"


@pytest.fixture
def process(committed: None) -> Iterator[LiveProcess]:
    with live_process(PGAPPNAME=NAME) as process:
        yield process


def held_connections() -> int:
    """Count the process's connections to the database, by the name it gives them."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE application_name = %s", [NAME])
        return int(cursor.fetchone()[0])


def test_a_hundred_streams_hold_a_few_connections_and_leave_others_theirs(
    process: LiveProcess, following: dict[str, Following]
) -> None:
    acme, globex = following["acme"], following["globex"]
    with ExitStack() as stack:
        responses = [
            stack.enter_context(closing(follow_by_sse(process.url, acme.token, acme.job_id))) for _ in range(STREAMS)
        ]
        streams = [events_of(response) for response in responses]
        assert {rows_of(next(stream)) for stream in streams} == {0}
        innocent = stack.enter_context(open_socket(process.url))
        sign_in(innocent, globex.token)
        held = [held_connections()]
        for rows in (1, 2):
            acme.change(rows=rows, accepted=rows)
            # Each would wait for ever, if every stream kept the connection it once had.
            subscribe(innocent, "{ importJobs(first: 1) { nodes { rows } } }", str(rows))
            assert hear(innocent)["payload"]["data"] == {"importJobs": {"nodes": [{"rows": 0}]}}
            assert hear(innocent) == {"type": "complete", "id": str(rows)}
            assert {rows_of(next(stream)) for stream in streams} == {rows}
            held.append(held_connections())

    assert all(1 <= count <= THREADS for count in held), held


def rows_of(event: tuple[str, Any]) -> int:
    rows: int = event[1]["data"]["importJobProgressed"]["rows"]
    return rows
