"""PostgreSQL itself is killed in the middle of an import; a durable cluster of its own, for the others' is not."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from cxplatform.embedded import EmbeddedPostgres
from cxplatform.embedded.postgres import PostgresUrls
from tests import cluster
from tests.cluster import ACME
from tests.faults.deliveries import delivery
from tests.faults.test_import_survives import PROJECT

SETUP = """
import config.celery, django
django.setup()
from django.utils import timezone
from apps.accounts.models import Brand
from apps.accounts.provisioning import make_whole
from cxplatform.audit.actors import OPERATOR
from cxplatform.tenancy import fleet
from cxplatform.tenancy.doors import shared_tx
from tests.cluster import ACME
fleet.migrate_shared()
details = {k: v for k, v in vars(ACME).items() if k not in ("status", "zone")}
with shared_tx():
    Brand.objects.create(status="REQUESTED", created_at=timezone.now(), **details)
make_whole(ACME.id, now=timezone.now())
import sys
from cxplatform.imports.submissions import submit_import
with open(sys.argv[1], "rb") as file:
    pieces, now = [file.read()], timezone.now()
    submit_import(actor=OPERATOR, brand=ACME, kind_name="customers", file_format="csv", pieces=pieces, now=now)
"""
RESULT = """
import django
django.setup()
from tests.cluster import ACME
from tests.faults.deliveries import delivery, result_of
assert result_of(ACME) == delivery()[1], result_of(ACME).counts
"""


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    folder = tmp_path_factory.mktemp("dying")
    folder.chmod(0o755)
    server = EmbeddedPostgres(folder / "postgres", durable=True, binaries=cluster.programs())
    yield server
    server.stop()


def environment(urls: PostgresUrls, data_dir: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": urls.app,
        "DATABASE_OWNER_URL": urls.owner,
        "BROKER_URL": "memory://",
        "CACHE_URL": "",
        "CX_DATA_DIR": str(data_dir),
        "SECRET_KEY": "only-for-tests",
    }


def python(*arguments: str, env: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, *arguments], cwd=PROJECT, env=env)


def kill_the_server(admin_url: str) -> None:
    """Kill the postmaster and all its processes as a machine's failure would: they say nothing to anybody."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        [folder] = connection.execute("SHOW data_directory").fetchone() or [""]
        [*backends] = connection.execute("SELECT pid FROM pg_stat_activity").fetchall()
    postmaster = int((Path(folder) / "postmaster.pid").read_text().split()[0])
    for pid in [postmaster, *(backend for (backend,) in backends)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def outlive_leases(admin_url: str) -> None:
    """Let the lease of the worker that has ended have run out, which takes half a minute else."""
    with psycopg.connect(urlsplit(admin_url)._replace(path="/cxplatform").geturl()) as connection:
        statement = sql.SQL("UPDATE {} SET lease_until = now() - interval '1 second' WHERE lease_until IS NOT NULL")
        assert connection.execute(statement.format(sql.Identifier(ACME.schema, "jobs_job"))).rowcount == 1


def committed_rows(admin_url: str) -> int:
    """Read how many rows the import had counted when its last transaction was committed."""
    with psycopg.connect(urlsplit(admin_url)._replace(path="/cxplatform").geturl()) as connection:
        statement = sql.SQL("SELECT rows FROM {}").format(sql.Identifier(ACME.schema, "imports_importjob"))
        [rows] = connection.execute(statement).fetchone() or [-1]
        return int(rows)


def test_an_import_goes_on_where_a_killed_database_had_committed(server: EmbeddedPostgres, tmp_path: Path) -> None:
    file = tmp_path / "delivery.csv"
    file.write_bytes(delivery()[0])
    urls = server.start()
    env = environment(urls, tmp_path)
    assert python("-c", SETUP, str(file), env=env).wait(timeout=240) == 0

    # In its first chunk, in the next worker's second, and in the second of the one after it, which is the last.
    for chunk, rows in ((1, 0), (2, 5_000), (2, 10_000)):
        fault = f"chunk-after-copy:{chunk}:SIGSTOP"
        worker = python("-m", "tests.faults.worker", "acme", env=env | {"CX_FAULT": fault})
        os.waitpid(worker.pid, os.WUNTRACED)
        kill_the_server(urls.admin)
        worker.send_signal(signal.SIGCONT)
        assert worker.wait(timeout=240) != 0
        server.stop()
        urls = server.start()
        env = environment(urls, tmp_path)
        assert committed_rows(urls.admin) == rows
        outlive_leases(urls.admin)
    assert python("-m", "tests.faults.worker", "acme", env=env).wait(timeout=240) == 0

    assert python("-c", RESULT, env=env).wait(timeout=60) == 0
