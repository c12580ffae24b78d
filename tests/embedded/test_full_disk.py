"""A full disk is said in one line, loses nothing, and is over when there is room again."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from cxplatform.embedded import DiskFullError, EmbeddedPostgres, EmbeddedValkey
from tests.embedded.conftest import fill


def test_postgres_says_so_and_starts_again_when_there_is_room(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(200)
    with EmbeddedPostgres(disk / "data") as urls, psycopg.connect(urls.owner) as connection:
        connection.execute("CREATE SCHEMA kept")
    filler = fill(disk)

    with pytest.raises(DiskFullError) as refusal:
        EmbeddedPostgres(disk / "data").start()
    filler.unlink()

    assert str(refusal.value).startswith(f"the disk is full: no space left for {disk}/data")
    with EmbeddedPostgres(disk / "data") as urls, psycopg.connect(urls.owner) as connection:
        found = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'kept'").fetchone()
        assert found == (1,)


def test_a_cluster_that_does_not_fit_leaves_no_half(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(20)

    with pytest.raises(DiskFullError):
        EmbeddedPostgres(disk / "data").start()

    assert not list(disk.glob("**/cluster"))


def test_valkey_says_so(small_disk: Callable[[int], Path]) -> None:
    disk = small_disk(1)
    fill(disk)

    with pytest.raises(DiskFullError):
        EmbeddedValkey(disk / "data").start()
