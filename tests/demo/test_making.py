"""`demo_data` as a whole, with little data: once, again, and with its file lost."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from apps.accounts.authentication import authenticate
from apps.accounts.models import ApiKey, Member
from apps.interactions.models import Agent
from apps.journeys.models import Friction, JourneyVersion, Touchpoint, TouchpointSpan
from config.demo.story.reasons import TOUCHPOINTS
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests import cluster
from tests.demo.made import brand, everything
from tests.demo.small import NOW, forget, make


@pytest.fixture(scope="module")
def demo_file(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """One demo for all tests here: each leaves it whole, and none relies on what another did."""
    path = tmp_path_factory.mktemp("demo") / "demo.json"
    with django_db_blocker.unblock():
        make(path)
        yield path
        forget()
        cluster.empty_tables()


def test_all_is_there_after_one_run(demo_file: Path) -> None:
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
        assert set(Friction.objects.values_list("touchpoint__key", "rule", "category", "status")) >= {
            ("checkout", "FAILING", "PRODUCT", "RESOLVED")
        }
    with shared_tx(read_only=True):
        assert Member.objects.get(pk=str(linked.member_id)).email == "agent.little-acme@provider.example"


def test_the_file_opens_each_door_it_names_and_no_other(demo_file: Path) -> None:
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
    before, file_before = everything(), demo_file.read_bytes()

    said = make(demo_file, now=NOW + timedelta(days=9))

    assert said == []
    assert everything() == before
    assert demo_file.read_bytes() == file_before


def test_other_ports_are_written_with_the_same_tokens(demo_file: Path) -> None:
    before = json.loads(demo_file.read_text())

    make(demo_file, port=9000)

    after = json.loads(demo_file.read_text())
    assert after["graphql"] == "http://127.0.0.1:9000/graphql"
    assert (after["provider"], after["brands"]) == (before["provider"], before["brands"])


@pytest.mark.parametrize("left", [None, "", "[]", '{"provider": 1, "brands": [2, {"slug": "little-acme"}]}'])
def test_a_lost_or_broken_file_is_written_with_new_keys(demo_file: Path, left: str | None) -> None:
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
    old = json.loads(demo_file.read_text())
    with shared_tx():
        ApiKey.objects.filter(member__email="viewer@little-acme.example").update(revoked_at=NOW)

    make(demo_file)

    new = json.loads(demo_file.read_text())
    changed = {name for name in old["brands"][0] if old["brands"][0][name] != new["brands"][0][name]}
    assert changed == {"viewer"}
    assert (new["provider"], new["brands"][1]) == (old["provider"], old["brands"][1])


def _who(token: str) -> tuple[str, list[str]]:
    viewer, _ = authenticate(f"Bearer {token}")
    return viewer.role.value, sorted(granted.slug for granted in viewer.brands)
