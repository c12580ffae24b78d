"""The servers and databases of the tests: real ones, started once a run, one database a worker process."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from cxplatform.settling import loading
from cxplatform.tenancy.brand import BrandRef
from tests import cluster

LONGEST_TEST_SECONDS = 600
# Folders whose tests start programs and take long: what is begun last must be over soon, for others wait for it idly.
SLOW = ("faults", "embedded", "demo", "clients", "flows", "docker", "live", "security")

# How long drawing or a test takes says more of a busy machine than of the test.
hypothesis.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("patient")


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers in the process that leads, before any worker is made."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        cluster.start()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[Any]:
    """Load modules, tests and schema without the collector, then take them out of its sight, as a server does.

    None of it is garbage, and it is more than any test makes: the collector would go through it again and again.
    """
    with loading():
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the slow folders first, all else as it was: of short tests a worker without any can take over some."""
    folders = [f"/tests/{name}/" for name in SLOW]
    items.sort(key=lambda item: not any(folder in item.path.as_posix() for folder in folders))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        cluster.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let no test wait for ever: after ten minutes it fails where it stands."""

    def give_up(number: int, frame: object) -> None:
        raise TimeoutError(f"{item.nodeid} took more than {LONGEST_TEST_SECONDS} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(LONGEST_TEST_SECONDS)
    try:
        return (yield)
    finally:
        signal.alarm(0)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    """Give this worker a database of its own with two brands whose natural keys are equal."""
    with django_db_blocker.unblock(), cluster.database_of(worker_id):
        yield
        for alias in ("default", "owner"):
            connections[alias].close()


@pytest.fixture(scope="session")
def acme(django_db_setup: None) -> BrandRef:
    return cluster.ACME


@pytest.fixture(scope="session")
def globex(django_db_setup: None) -> BrandRef:
    return cluster.GLOBEX


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Let a test commit for real, in several processes and threads; empty all tables afterwards."""
    with django_db_blocker.unblock():
        yield
        cluster.empty_tables()


@pytest.fixture(autouse=True)
def _data_dir(tmp_path: Any, settings: Any) -> None:
    settings.CX_DATA_DIR = tmp_path


__all__ = ["settings"]
