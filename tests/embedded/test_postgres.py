"""The embedded PostgreSQL: kept data, crashes, who may come in."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from cxplatform.embedded import EmbeddedError, EmbeddedPostgres
from tests.embedded.conftest import PROJECT, Marked, eventually, processes_in


@contextmanager
def launched(data_dir: Path, env: dict[str, str]) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start PostgreSQL from another process; yield that process and the owner's URL."""
    argv = [sys.executable, "-m", "tests.embedded.launched", str(data_dir)]
    with subprocess.Popen(argv, cwd=PROJECT, env=os.environ | env, stdout=subprocess.PIPE, text=True) as launcher:
        assert launcher.stdout is not None
        try:
            yield launcher, launcher.stdout.readline().strip()
        finally:
            launcher.kill()


def write(url: str, word: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS kept")
        connection.execute("CREATE TABLE IF NOT EXISTS kept.words (word text)")
        connection.execute("INSERT INTO kept.words VALUES (%s)", [word])


def words(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT word FROM kept.words ORDER BY word")]


def postmaster(data_dir: Path) -> int:
    return int((data_dir / "server/cluster/postmaster.pid").read_text().split()[0])


def test_a_restart_keeps_data_and_passwords(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as first:
        write(first.owner, "before")

    with EmbeddedPostgres(data_dir) as second:
        kept = words(second.owner)

    assert kept == ["before"]
    assert urlsplit(second.app).password == urlsplit(first.app).password


def test_a_killed_server_loses_nothing_that_was_committed(data_dir: Path) -> None:
    server = EmbeddedPostgres(data_dir)
    write(server.start().owner, "committed")
    os.kill(postmaster(data_dir), signal.SIGKILL)
    assert eventually(lambda: not server.alive())
    server.stop()

    with EmbeddedPostgres(data_dir) as urls:
        assert words(urls.owner) == ["committed"]


def test_a_killed_launcher_leaves_no_server_and_loses_nothing(data_dir: Path, marked: Marked) -> None:
    with launched(data_dir, marked.env) as (launcher, url):
        write(url, "committed")
        launcher.kill()
        assert eventually(lambda: not processes_in(data_dir / "server/cluster"))

    with EmbeddedPostgres(data_dir) as urls:
        assert words(urls.owner) == ["committed"]


def test_a_start_right_after_the_kill_takes_over(data_dir: Path, marked: Marked) -> None:
    with launched(data_dir, marked.env) as (launcher, url):
        write(url, "committed")
        launcher.kill()
        launcher.wait(timeout=60)

        with EmbeddedPostgres(data_dir) as urls:
            assert words(urls.owner) == ["committed"]


def test_a_pid_file_naming_a_stranger_does_not_hinder_the_start(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        text = (data_dir / "server/cluster/postmaster.pid").read_text()
    pid_file = data_dir / "server/cluster/postmaster.pid"
    pid_file.write_text("\n".join([str(os.getpid()), *text.splitlines()[1:]]) + "\n")

    with EmbeddedPostgres(data_dir) as urls:
        assert psycopg.connect(urls.app).info.dbname == "cxplatform"


def test_a_second_start_on_the_same_folder_says_who_runs_it(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir), pytest.raises(EmbeddedError) as refusal:
        EmbeddedPostgres(data_dir).start()

    assert str(refusal.value) == f"PostgreSQL is already running in {data_dir.resolve()} (process {os.getpid()})"


def test_a_crash_while_the_cluster_is_made_leaves_nothing_that_hinders(data_dir: Path) -> None:
    draft = data_dir / "server" / "cluster.new"
    draft.mkdir(parents=True, mode=0o700)
    (data_dir / "server").chmod(0o700)
    (draft / "PG_VERSION").write_text("18\n")

    with EmbeddedPostgres(data_dir) as urls:
        write(urls.owner, "whole")

    assert not draft.exists()


def test_secrets_are_readable_by_their_owner_alone(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data_dir.iterdir() if path.is_file()}

    assert modes == {"passwords.json": 0o600, "postgres.lock": 0o600, "postgres.log": 0o600}


def test_the_server_listens_on_loopback_alone_and_asks_for_the_password(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as urls, psycopg.connect(urls.admin) as connection:
        listening = connection.execute("SHOW listen_addresses").fetchone()
        sockets = connection.execute("SHOW unix_socket_directories").fetchone()
        password = urlsplit(urls.app).password or ""
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(urls.app.replace(password, "guessed"))

    assert (listening, sockets) == (("127.0.0.1",), ("",))


def test_roles_have_no_more_rights_than_they_need(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as urls, psycopg.connect(urls.app) as connection:
        rights = connection.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolinherit, rolbypassrls, rolreplication "
            "FROM pg_roles WHERE rolname IN ('cx_owner', 'app_login') ORDER BY rolname"
        ).fetchall()
        path = connection.execute("SHOW search_path").fetchone()
        zone = connection.execute("SHOW timezone").fetchone()

    assert rights == [
        ("app_login", False, False, False, False, False, False),
        ("cx_owner", False, True, True, True, False, False),
    ]
    assert (path, zone) == (("ext",), ("UTC",))


def test_only_the_durable_server_syncs(data_dir: Path) -> None:
    settings = {}
    for durable in (True, False):
        with (
            EmbeddedPostgres(data_dir, durable=durable) as urls,
            psycopg.connect(urls.app) as connection,
        ):
            names = ("fsync", "synchronous_commit", "full_page_writes")
            settings[durable] = [connection.execute(f"SHOW {name}").fetchone() for name in names]

    assert settings == {True: [("on",)] * 3, False: [("off",)] * 3}
