"""docs/tour.md does what it says: every query on it, asked of the demo brand as of that day, answers as printed."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import Brand
from config.demo.making import make_demo
from config.demo.story.plans import ACME
from cxplatform.tenancy.doors import shared_tx
from tests import cluster
from tests.demo.small import forget_demo
from tests.demo.touring import Stop, rewrite, rounded, stops

# The day the page speaks of.
NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
STOPS = stops()


@pytest.fixture(scope="module")
def answers(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Make the brand, whose draws hang on its name, in the place of the tests' own; ask everything once."""
    path = tmp_path_factory.mktemp("tour") / "demo.json"
    with django_db_blocker.unblock():
        _name_own("resting")
        make_demo([ACME], path, port=8000, live_port=8001, now=NOW, say=lambda line: None)
        token = json.loads(path.read_text())["brands"][0]["admin"]
        yield {stop.name: _asked(stop, token) for stop in STOPS}
        forget_demo("acme")
        cluster.empty_tables()
        _name_own(cluster.ACME.slug)


def test_the_page_has_ten_queries() -> None:
    assert len({stop.name for stop in STOPS}) == len(STOPS) == 10


@pytest.mark.parametrize("stop", [pytest.param(stop, id=stop.name) for stop in STOPS])
def test_the_query_answers_as_printed(answers: dict[str, Any], stop: Stop) -> None:
    if os.environ.get("CX_WRITE_TOUR"):
        rewrite(answers)
    else:
        assert rounded(answers[stop.name]) == stop.answer


def _name_own(slug: str) -> None:
    with shared_tx():
        Brand.objects.filter(pk=cluster.ACME.id).update(slug=slug)


def _asked(stop: Stop, token: str) -> Any:
    with time_machine.travel(NOW, tick=False):
        response = Client().post(
            "/graphql",
            json.dumps({"query": stop.query}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
    body = json.loads(response.content)
    assert "errors" not in body, body
    return body["data"]
