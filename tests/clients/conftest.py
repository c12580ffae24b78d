"""The demo in little, served by real processes to real clients."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import cluster
from tests.demo.small import forget, make
from tests.flows.programs import live, web

# When the little demo is made, and a window well inside its year: the one of the examples in docs/api.md.
NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
SPRING = {"from": "2026-04-01T00:00:00-04:00", "to": "2026-07-01T00:00:00-04:00"}


@dataclass(frozen=True)
class Service:
    """Where web and live are, the keys of the first brand and of the provider by role, and what a worker needs."""

    address: str
    live_port: int
    keys: dict[str, str]
    provider: dict[str, str]
    worker_id: str
    data_dir: str

    @property
    def graphql(self) -> str:
        return f"{self.address}/graphql"


@pytest.fixture(scope="package")
def service(django_db_setup: None, django_db_blocker: Any, worker_id: str, tmp_path_factory: Any) -> Iterator[Service]:
    """Make the two little brands and serve them, with development's settings, as long as this folder's tests run."""
    folder: Path = tmp_path_factory.mktemp("service")
    settings = {"DJANGO_SETTINGS_MODULE": "config.settings.development", "CX_DATA_DIR": str(folder)}
    development = {**settings, "CX_THROTTLE": "on"}
    with django_db_blocker.unblock():
        try:
            made = _make(folder)
            with live(worker_id, **development) as port, web(worker_id, LIVE_PORT=str(port), **development) as address:
                yield Service(address, port, made["brands"][0], made["provider"], worker_id, str(folder))
        finally:
            forget()
            cluster.empty_tables()


def _make(folder: Path) -> dict[str, Any]:
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CX_DATA_DIR", folder)
        make(folder / "demo.json", now=NOW)
    made: dict[str, Any] = json.loads((folder / "demo.json").read_text())
    return made
