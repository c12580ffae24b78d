"""Threads that share connections: each is used by one at a time, and none that will not do is handed on."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import close_old_connections, connection

from cxplatform.tenancy.backend import resting as module
from cxplatform.tenancy.backend.resting import Rest, Resting
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, read
from cxplatform.tenancy.kept import Kept
from tests import cluster

Twins = tuple[BrandRef, BrandRef]
NAME = "SELECT name, pg_backend_pid() FROM customers_customer WHERE external_id = %s"


@pytest.fixture
def shared(committed: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Resting]:
    """Have this process share connections, and begin with none."""
    mine = Resting()
    mine.shared = True
    monkeypatch.setattr("cxplatform.tenancy.backend.base.resting", mine)
    connection.close()
    yield mine
    while rest := mine.take((connection.alias, connection.settings_dict["NAME"])):
        rest.driver.close()


def request(brand: BrandRef, meanwhile: Callable[[], object] = lambda: None) -> tuple[str, int]:
    """Read as a request does: Django looks after the connection at its beginning and at its end."""
    close_old_connections()
    try:
        with brand_tx(brand, read_only=True):
            ((name, process),) = read(NAME, ["c-1"], Kept.PLANNED)
            meanwhile()
        return name, process
    finally:
        close_old_connections()


def in_a_thread(work: Callable[[], Any]) -> Any:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result(timeout=30)


def test_threads_in_turn_use_one_connection_for_whichever_brand(shared: Resting, twins: Twins) -> None:
    found = [in_a_thread(lambda brand=brand: request(brand)) for _ in range(5) for brand in twins]

    assert [name for name, _ in found] == ["acme", "globex"] * 5
    assert len({process for _, process in found}) == 1


def test_threads_at_once_use_one_each_and_the_last_is_the_next(shared: Resting, twins: Twins) -> None:
    barrier = Barrier(3)
    with ThreadPoolExecutor(3) as pool:
        found = [*pool.map(lambda _: request(twins[0], lambda: barrier.wait(30)), range(3))]

    processes = {process for _, process in found}
    assert len(processes) == 3
    again = [in_a_thread(lambda: request(twins[1])) for _ in range(4)]
    assert {name for name, _ in again} == {"globex"}
    assert len({process for _, process in again}) == 1
    assert {process for _, process in again} < processes


def test_one_that_was_hung_up_on_is_not_handed_on(shared: Resting, twins: Twins) -> None:
    _, gone = in_a_thread(lambda: request(twins[0]))
    with psycopg.connect(os.environ[cluster.ADMIN], autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 10000)", [gone])

    name, process = in_a_thread(lambda: request(twins[0]))

    assert name == "acme"
    assert process != gone


def test_one_whose_request_failed_is_handed_on_whole(shared: Resting, twins: Twins) -> None:
    _, process = request(twins[0])

    def fail() -> None:
        close_old_connections()
        try:
            with pytest.raises(Exception, match="nothing"), brand_tx(twins[0], read_only=True):
                read("SELECT nothing", [], Kept.PLANNED)
        finally:
            close_old_connections()

    in_a_thread(fail)

    assert in_a_thread(lambda: request(twins[1])) == ("globex", process)


def test_one_in_a_transaction_does_not_rest(shared: Resting, twins: Twins) -> None:
    def leave_open() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            process: int = cursor.fetchone()[0]
            cursor.execute("BEGIN")
        close_old_connections()
        try:
            assert connection.connection is not None
            return process
        finally:
            connection.close()

    process = in_a_thread(leave_open)

    assert in_a_thread(lambda: request(twins[0]))[1] != process


def test_one_that_is_old_is_closed(shared: Resting, twins: Twins) -> None:
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        [*pool.map(lambda _: request(twins[0], lambda: barrier.wait(30)), range(2))]
    key = connection.alias, connection.settings_dict["NAME"]
    oldest, newest = shared._kept[key]
    shared._kept[key][0] = Rest(oldest.driver, close_at=0.0)

    in_a_thread(lambda: request(twins[0]))

    assert oldest.driver.closed
    assert shared._kept[key] == [newest]
    assert not newest.driver.closed


def test_a_process_that_is_forked_uses_none_of_its_parents(shared: Resting, twins: Twins) -> None:
    request(twins[0])

    shared.forget()

    assert shared.take((connection.alias, connection.settings_dict["NAME"])) is None
    assert in_a_thread(lambda: request(twins[1]))[0] == "globex"
    for kept in shared._of_parents:
        for rests in kept.values():  # type: ignore[attr-defined]  # kept, and never looked at
            for rest in rests:
                assert not rest.driver.closed
                rest.driver.close()


def test_forking_is_when_it_forgets() -> None:
    read_end, write_end = os.pipe()
    module.resting.put(("nobody", "nothing"), Rest(driver=None, close_at=None))
    process = os.fork()
    if process == 0:
        os.write(write_end, b"none" if module.resting.take(("nobody", "nothing")) is None else b"some")
        os._exit(0)
    os.waitpid(process, 0)

    assert os.read(read_end, 4) == b"none"
    assert module.resting.take(("nobody", "nothing")) is not None


def test_where_nobody_shares_a_thread_keeps_its_own(committed: None, twins: Twins) -> None:
    assert not module.resting.shared
    _, process = request(twins[0])

    assert connection.connection is not None
    assert request(twins[1]) == ("globex", process)
    connection.close()
