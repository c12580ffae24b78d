"""Askers of the GraphQL tests; and wake-ups go to the application's own broker, not to one on this machine."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from apps.metrics.recompute import recompute_all
from config.celery import app
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import asker
from tests.metrics.april import NOW
from tests.metrics.rows import store

__all__ = ["app", "asker"]


@pytest.fixture(params=["from rows", "from rollups"])
def kept(request: pytest.FixtureRequest, acme: BrandRef) -> Iterator[Any]:
    """Store rows, make rollups of them or not, and stay in the door."""
    brand = replace(acme, time_zone="UTC")

    def keep(rows: list[dict[str, Any]]) -> None:
        store(rows)
        if request.param == "from rollups":
            recompute_all(brand, now=NOW)

    with brand_tx(brand):
        yield keep
