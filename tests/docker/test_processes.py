"""What the containers run, run here: the same commands and settings files, on the tests' servers and free ports."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import redis
from celery import Celery
from celery.beat import PersistentScheduler

from config import clock
from tests import cluster
from tests.docker.test_files import DOCKER, NEAR, SERVICES, command_of
from tests.flows.programs import PROJECT, broker_of, eventually
from tests.ports import kept_port


@pytest.fixture
def secrets(committed: None, worker_id: str, tmp_path: Path) -> Path:
    """What docker/make-secrets makes, with the addresses of the tests' servers.

    What the scheduler sends is done by a worker of this test process, or by nobody.
    """
    environment = cluster.process_environment()
    broker = broker_of(worker_id)
    with closing(redis.Redis.from_url(broker)) as emptied:
        emptied.flushdb()
    made = {
        "secret_key": "0123456789abcdef" * 4,
        "key_pepper": "fedcba9876543210" * 4,
        "database_url": environment["DATABASE_URL"],
        "database_owner_url": environment["DATABASE_OWNER_URL"],
        "broker_url": broker,
        "cache_url": environment["CACHE_URL"],
    }
    for name, value in made.items():
        (tmp_path / name).write_text(value + "\n")
    return tmp_path


@pytest.mark.parametrize(
    ("service", "port", "paths"), [("web", 8000, ["healthz", "readyz"]), ("live", 8001, ["healthz"])]
)
def test_a_server_is_well_by_its_own_health_check(secrets: Path, service: str, port: int, paths: list[str]) -> None:
    with (
        kept_port() as here,
        running(service, secrets, {f"--port={port}": f"--port={here}", "--host=0.0.0.0": "--host=127.0.0.1"}),
    ):
        # A check is a process of its own, whose start slows down the one it waits for.
        eventually(lambda: listens(here), seconds=60)
        eventually(lambda: healthy(service, secrets, port, here), seconds=60)

        for path in paths:
            with urlopen(f"http://127.0.0.1:{here}/{path}", timeout=10) as response:
                assert response.status == 200, path


@pytest.mark.parametrize("service", ["worker", "importer"])
def test_a_worker_answers_its_health_check(secrets: Path, service: str) -> None:
    with running(service, secrets, {}) as log:
        eventually(lambda: " ready." in log.read_text(), seconds=90)
        eventually(lambda: checked(service, secrets, {"$$HOSTNAME": "$(hostname)"}), seconds=90)


def test_beat_starts_with_the_broker_alone_and_is_well_while_it_writes_its_schedule(secrets: Path) -> None:
    here = {"/tmp/": f"{secrets}/"}
    assert not checked("beat", secrets, here)
    with running("beat", secrets, here) as log:
        eventually(lambda: "beat: Starting" in log.read_text(), seconds=60)
        eventually(lambda: checked("beat", secrets, here), seconds=60)

    an_hour_ago = time.time() - 3600
    for written in secrets.glob("beat*"):
        os.utime(written, (an_hour_ago, an_hour_ago))
    assert not checked("beat", secrets, here)


def test_beat_writes_its_schedule_with_each_task_it_sends(tmp_path: Path) -> None:
    """Celery's own habit is once in three minutes."""
    app = Celery("clock", fixups=[], set_as_current=False, changes=dict(clock.app.conf.changes))
    app.conf.broker_url = "memory://"
    beat = PersistentScheduler(app, schedule_filename=str(tmp_path / "beat"))
    beat.apply_async(beat.schedule["sweep"])
    for written in tmp_path.iterdir():
        os.utime(written, (0, 0))

    beat.apply_async(beat.schedule["sweep"])

    assert max(written.stat().st_mtime for written in tmp_path.iterdir()) > 0
    beat.close()


def test_the_migrations_come_after_a_clean_check(secrets: Path) -> None:
    script = command_of("migrate")[-1].replace("python ", f"{sys.executable} ")

    migrated = subprocess.run(
        ["sh", "-c", script], cwd=PROJECT, env=environment_of("migrate", secrets), capture_output=True, text=True
    )

    assert migrated.returncode == 0, migrated.stderr
    assert "no issues" in migrated.stdout


@contextmanager
def running(service: str, secrets: Path, exchanged: dict[str, str]) -> Iterator[Path]:
    """Run a container's command as long as the block does; its log."""
    argv, log = [exchange(word, exchanged) for word in command_of(service)], secrets / f"{service}.log"
    with log.open("wb") as written:
        process = subprocess.Popen(
            argv, cwd=PROJECT, env=environment_of(service, secrets), stdout=written, stderr=subprocess.STDOUT
        )
    try:
        yield log
        assert process.poll() is None, log.read_text()
    finally:
        process.terminate()
        process.wait(40)


def environment_of(service: str, secrets: Path) -> dict[str, str]:
    """The image's variables and the service's, nothing else of this machine's."""
    image = dict(re.findall(r"(DJANGO_SETTINGS_MODULE|PYTHONUNBUFFERED)=(\S+)", (DOCKER / "Dockerfile").read_text()))
    given: dict[str, Any] = SERVICES[service]["environment"]
    host = {"${CX_HOST:?the host name clients use}": "cx.example", "${CX_ALLOWED_ORIGINS:-}": ""}
    inside = {"/run/secrets/": f"{secrets}/", "${CX_INSIDE:-10.87.6.0/24}": "10.87.6.0/24", **host}
    return {
        "PATH": f"{NEAR}:{os.environ['PATH']}",
        "CX_DATA_DIR": str(secrets),
        **image,
        **{name: exchange(str(value), inside) for name, value in given.items()},
    }


def healthy(service: str, secrets: Path, port: int, here: int) -> bool:
    if service == "live":
        return checked(service, secrets, {f":{port}/": f":{here}/"})
    (check,) = re.findall(r'CMD \["python", "-c", "(.+)"\]$', (DOCKER / "Dockerfile").read_text(), re.MULTILINE)
    return passes([sys.executable, "-c", check.replace(f":{port}/", f":{here}/")], service, secrets)


def listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def checked(service: str, secrets: Path, exchanged: dict[str, str]) -> bool:
    kind, *words = [exchange(word, exchanged) for word in SERVICES[service]["healthcheck"]["test"]]
    return passes(words if kind == "CMD" else ["sh", "-c", *words], service, secrets)


def passes(argv: list[str], service: str, secrets: Path) -> bool:
    asked = subprocess.run(argv, cwd=PROJECT, env=environment_of(service, secrets), capture_output=True, timeout=60)
    return asked.returncode == 0


def exchange(text: str, exchanged: dict[str, str]) -> str:
    for old, new in exchanged.items():
        text = text.replace(old, new)
    return text
