"""`demo_data` as a whole, with little data: once, again, killed, and with its file lost."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.authentication import authenticate
from apps.accounts.models import ApiKey, Brand, Member
from apps.customers.models import Customer, Order
from apps.interactions.models import Agent, Interaction
from apps.journeys.models import JourneyVersion, Touchpoint, TouchpointEvent, TouchpointSpan
from apps.metrics.models import Rollup
from apps.metrics.recompute import TOPICS
from apps.surveys.models import SurveyResponse
from config.demo.making import make_demo
from config.demo.story.reasons import TOUCHPOINTS
from cxplatform.dirty.models import DirtyMark
from cxplatform.errors import Conflict
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import brand_by_slug
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests import cluster
from tests.demo.small import NOW, PLANS, forget, make

FACTS = (Customer, Order, TouchpointEvent, Interaction, SurveyResponse)
PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def demo_file(committed: None, tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "demo.json"
    forget()


def brand(slug: str = "little-acme") -> BrandRef:
    found = brand_by_slug(slug)
    assert found is not None
    return found


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every fact of both brands by its key and moment of change, and the sizes of what is derived."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for slug in ("little-acme", "little-globex"):
        with brand_tx(brand(slug), read_only=True):
            for model in FACTS:
                rows = model.objects.order_by("external_id")
                found[f"{slug} {model.__name__}"] = list(rows.values_list("external_id", "updated_at"))
            found[f"{slug} rollups"] = [(Rollup.objects.count(),)]
            found[f"{slug} dirty"] = [(DirtyMark.objects.filter(topic__in=TOPICS).count(),)]
    with shared_tx(read_only=True):
        found["accounts"] = [(Brand.objects.count(), Member.objects.count(), ApiKey.objects.count())]
    return found


def test_all_is_there_after_one_run(demo_file: Path) -> None:
    make(demo_file)

    found = everything()
    assert {name: len(rows) for name, rows in found.items() if name.startswith("little-acme ") and len(rows) > 1} == {
        "little-acme Customer": 121,
        "little-acme Order": 174,
        "little-acme TouchpointEvent": 334,
        "little-acme Interaction": 409,
        "little-acme SurveyResponse": 151,
    }
    assert found["little-acme dirty"] == found["little-globex dirty"] == [(0,)]
    assert found["little-acme rollups"][0][0] > 1_000
    with brand_tx(brand(), read_only=True):
        assert Touchpoint.objects.filter(stage__isnull=True).count() == 0
        linked = Agent.objects.get(member_id__isnull=False)
        versions = JourneyVersion.objects.order_by("number").values_list("number", "state", "effective_until")
        assert [(number, state, until is None) for number, state, until in versions] == [
            (1, "PUBLISHED", False), (2, "PUBLISHED", True),
        ]  # fmt: skip
        assert set(TouchpointSpan.objects.values_list("touchpoint__key", flat=True)) == {
            touchpoint.key for touchpoint in TOUCHPOINTS
        }
    with shared_tx(read_only=True):
        assert Member.objects.get(pk=str(linked.member_id)).email == "agent.little-acme@provider.example"


def test_the_file_opens_each_door_it_names_and_no_other(demo_file: Path) -> None:
    make(demo_file)

    written = json.loads(demo_file.read_text())
    roles_and_brands = {
        (place, name): _who(token)
        for place, tokens in {"provider": written["provider"], **{b.pop("slug"): b for b in written["brands"]}}.items()
        for name, token in tokens.items()
    }
    assert demo_file.stat().st_mode & 0o777 == 0o600
    assert {name: written[name] for name in ("graphql", "import", "ws", "sse")} == {
        "graphql": "http://127.0.0.1:8000/graphql",
        "import": "http://127.0.0.1:8000/import",
        "ws": "ws://127.0.0.1:8001/graphql/ws",
        "sse": "http://127.0.0.1:8001/graphql/stream",
    }
    both = ["little-acme", "little-globex"]
    assert roles_and_brands == {
        ("provider", "admin"): ("PROVIDER_ADMIN", both),
        ("provider", "supervisor"): ("SUPERVISOR", both),
        **{
            (slug, name): (role, [slug])
            for slug in both
            for name, role in (
                ("admin", "BRAND_ADMIN"),
                ("analyst", "ANALYST"),
                ("viewer", "VIEWER"),
                ("agent", "AGENT"),
            )
        },
    }


def test_a_second_run_changes_nothing_even_days_later(demo_file: Path) -> None:
    make(demo_file)
    before, file_before = everything(), demo_file.read_bytes()

    said = make(demo_file, now=NOW + timedelta(days=9))

    assert said == []
    assert everything() == before
    assert demo_file.read_bytes() == file_before


def test_other_ports_are_written_with_the_same_tokens(demo_file: Path) -> None:
    make(demo_file)
    before = json.loads(demo_file.read_text())

    make(demo_file, port=9000)

    after = json.loads(demo_file.read_text())
    assert after["graphql"] == "http://127.0.0.1:9000/graphql"
    assert (after["provider"], after["brands"]) == (before["provider"], before["brands"])


@pytest.mark.parametrize("left", [None, "", "[]", '{"provider": 1, "brands": [2, {"slug": "little-acme"}]}'])
def test_a_lost_or_broken_file_is_written_with_new_keys(demo_file: Path, left: str | None) -> None:
    make(demo_file)
    old = json.loads(demo_file.read_text())
    demo_file.unlink()
    if left is not None:
        demo_file.write_text(left)

    make(demo_file)

    new = json.loads(demo_file.read_text())
    assert new["provider"]["admin"] != old["provider"]["admin"]
    assert _who(new["brands"][0]["viewer"]) == ("VIEWER", ["little-acme"])
    assert demo_file.stat().st_mode & 0o777 == 0o600


def test_only_a_key_that_was_revoked_is_replaced(demo_file: Path) -> None:
    make(demo_file)
    old = json.loads(demo_file.read_text())
    with shared_tx():
        ApiKey.objects.filter(member__email="viewer@little-acme.example").update(revoked_at=NOW)

    make(demo_file)

    new = json.loads(demo_file.read_text())
    changed = {name for name in old["brands"][0] if old["brands"][0][name] != new["brands"][0][name]}
    assert changed == {"viewer"}
    assert (new["provider"], new["brands"][1]) == (old["provider"], old["brands"][1])


@pytest.mark.parametrize(
    ("point", "contacts"),
    [
        ("body-stored:1", 412),  # nothing was loaded yet: the story is told anew, up to the later day
        ("chunk-before-commit:4", 409),
        ("last-chunk-committed:4", 409),
        ("chunk-before-commit:5", 409),
    ],
)
def test_a_killed_run_is_finished_by_the_next_on_another_day(demo_file: Path, point: str, contacts: int) -> None:
    command = [sys.executable, "-m", "tests.demo.small"]
    environment = cluster.process_environment() | {"CX_FAULT": point}
    killed = subprocess.run(command, cwd=PROJECT, env=environment, check=False)

    make(demo_file, now=NOW + timedelta(days=3))

    finished = everything()
    assert killed.returncode == -9
    assert finished["little-acme dirty"] == [(0,)]
    assert len(finished["little-acme Interaction"]) == contacts
    assert finished["accounts"] == [(4, 10, 10)]
    make(demo_file, now=NOW + timedelta(days=4))
    assert everything() == finished


def test_a_brand_of_somebody_else_is_left_alone(demo_file: Path, acme: BrandRef) -> None:
    plans = [replace(plan, slug=slug) for plan, slug in zip(PLANS, ("little-acme", "acme"), strict=True)]

    with pytest.raises(Conflict, match="There is a brand acme that the demo did not make"):
        make_demo(plans, demo_file, port=8000, live_port=8001, now=NOW, say=print)

    with brand_tx(acme, read_only=True):
        assert not Customer.objects.exists()
    with shared_tx(read_only=True):
        assert (Member.objects.count(), Brand.objects.count()) == (0, 2)
    assert not demo_file.exists()


def _who(token: str) -> tuple[str, list[str]]:
    viewer, _ = authenticate(f"Bearer {token}")
    return viewer.role.value, sorted(granted.slug for granted in viewer.brands)
