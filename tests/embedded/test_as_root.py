"""Root may start everything although PostgreSQL refuses to run as root."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cxplatform.embedded import EmbeddedPostgres
from cxplatform.embedded.binaries import postgres_binaries

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root has this problem")


@pytest.fixture
def unreachable(tmp_path: Path) -> Iterator[Path]:
    """Give a folder behind one that only root may enter, like /root."""
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    yield private / "data"
    location = private / "data" / "location"
    if location.exists():
        shutil.rmtree(location.read_text().strip())


def owner_of_server(url: str) -> int:
    with psycopg.connect(url) as connection:
        return Path(f"/proc/{connection.info.backend_pid}").stat().st_uid


def test_the_server_runs_as_an_existing_account(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir) as urls:
        uid = owner_of_server(urls.admin)

    assert uid != 0
    assert (data_dir / "server/cluster").stat().st_uid == uid
    assert data_dir.stat().st_uid == 0


def test_an_unreachable_folder_keeps_its_mode_and_the_data_lives_elsewhere(unreachable: Path) -> None:
    with EmbeddedPostgres(unreachable) as urls:
        with psycopg.connect(urls.owner) as connection:
            connection.execute("CREATE SCHEMA kept")
        uid = owner_of_server(urls.admin)
    elsewhere = Path((unreachable / "location").read_text().strip())

    with EmbeddedPostgres(unreachable) as urls, psycopg.connect(urls.owner) as connection:
        kept = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'kept'").fetchone()

    assert kept == (1,)
    assert unreachable.parent.stat().st_mode & 0o777 == 0o700
    assert (elsewhere.stat().st_uid, elsewhere.stat().st_mode & 0o777) == (uid, 0o700)


def test_programs_out_of_the_accounts_reach_are_copied(unreachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = postgres_binaries().parents[1]
    hidden = unreachable.parent / "site-packages"
    for name in (package.name, package.name + ".libs"):
        shutil.copytree(package.with_name(name), hidden / name, symlinks=True)
    monkeypatch.setattr(
        "cxplatform.embedded.postgres.postgres_binaries", lambda: hidden / package.name / "pginstall/bin"
    )

    with EmbeddedPostgres(unreachable) as urls:
        assert owner_of_server(urls.admin) != 0

    elsewhere = Path((unreachable / "location").read_text().strip())
    assert (elsewhere / "programs" / package.name / "pginstall/bin/postgres").is_file()


def test_deleting_the_data_folder_starts_over(unreachable: Path) -> None:
    with EmbeddedPostgres(unreachable) as urls, psycopg.connect(urls.owner) as connection:
        connection.execute("CREATE SCHEMA kept")
    shutil.rmtree(unreachable)

    with EmbeddedPostgres(unreachable) as urls, psycopg.connect(urls.owner) as connection:
        kept = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'kept'").fetchone()

    assert kept == (0,)


def test_data_of_an_ordinary_user_is_served_as_that_user(data_dir: Path) -> None:
    with EmbeddedPostgres(data_dir):
        pass
    subprocess.run(["chown", "-R", "nobody", str(data_dir / "server")], check=True)

    with EmbeddedPostgres(data_dir) as urls:
        assert owner_of_server(urls.admin) == (data_dir / "server/cluster").stat().st_uid == 65534
