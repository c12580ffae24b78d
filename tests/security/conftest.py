"""A web process for a whole file, with its log, and a key of each brand and of the provider."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cxplatform.tenancy.brand import BrandRef
from tests import cluster
from tests.security.web import asked, key_of, key_of_provider, web


@dataclass(frozen=True)
class Web:
    port: int
    pid: int
    log: Path


@pytest.fixture(scope="module")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    log = tmp_path_factory.mktemp("web") / "web.log"
    with web(log, CX_THROTTLE="off", CX_DATA_DIR=str(log.parent), CX_IMPORT_STALL_SECONDS="3") as (port, pid):
        # A worker's first answer builds the schema, which is nobody's wait to measure.
        asked(port, "cx_nobody_known")
        yield Web(port, pid, log)


@pytest.fixture(scope="module")
def keys(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """Keys by brand, and the provider's, committed, for all tests of a file."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]  # pytest-django's blocker has no public type
        brands: tuple[BrandRef, ...] = (cluster.ACME, cluster.GLOBEX)
        yield {brand.slug: key_of(brand) for brand in brands} | {"provider": key_of_provider(*brands)}
        cluster.empty_tables()
