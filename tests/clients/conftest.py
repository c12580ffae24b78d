"""The demo in little, served by real processes to real clients."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import cluster
from tests.demo.small import forget, make
from tests.flows.programs import live, web


@dataclass(frozen=True)
class Service:
    """Where web and live are, and the keys of the first brand by role."""

    address: str
    live_port: int
    keys: dict[str, str]
    provider: dict[str, str]

    @property
    def graphql(self) -> str:
        return f"{self.address}/graphql"


@pytest.fixture(scope="module")
def service(django_db_setup: None, django_db_blocker: Any, worker_id: str, tmp_path_factory: Any) -> Iterator[Service]:
    """Make the two little brands and serve them, with development's settings, as long as a module's tests run."""
    folder: Path = tmp_path_factory.mktemp("service")
    development = {"DJANGO_SETTINGS_MODULE": "config.settings.development", "CX_DATA_DIR": str(folder)}
    with django_db_blocker.unblock():
        try:
            made = _make(folder)
            with live(worker_id, **development) as port, web(worker_id, LIVE_PORT=str(port), **development) as address:
                yield Service(address, port, made["brands"][0], made["provider"])
        finally:
            forget()
            cluster.empty_tables()


def _make(folder: Path) -> dict[str, Any]:
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CX_DATA_DIR", folder)
        make(folder / "demo.json")
    made: dict[str, Any] = json.loads((folder / "demo.json").read_text())
    return made
