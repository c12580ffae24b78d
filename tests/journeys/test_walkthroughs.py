"""Walks of mystery shoppers: recorded, read back by walk and by touchpoint, refused."""

from typing import Any

import pytest

from apps.journeys.models import Walkthrough, WalkthroughScore
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.journeys.mapped import BUYING, department, draft, journey, published

RECORD = """mutation($input: RecordWalkthroughInput!) { recordWalkthrough(input: $input) {
  walkthrough { walkedAt shopper note recordedBy version { number }
    scores { nodes { score note touchpoint { key walkthroughScores { nodes { score } } } } } }
  userErrors { code field } } }"""
WALKED = {"walkedAt": "2026-03-02T09:00:00Z", "shopper": "Robin"}


@pytest.fixture
def version(admin: Asker) -> str:
    department(admin)
    return published(admin, journey(admin), BUYING)


def record(admin: Asker, version: str, scores: list[dict[str, Any]], **more: Any) -> Any:
    return admin.data(RECORD, {"input": {"version": version, **WALKED, "scores": scores, **more}})["recordWalkthrough"]


def test_a_walk_is_read_back_whole_and_by_touchpoint(admin: Asker, version: str) -> None:
    record(admin, version, [{"touchpoint": "returns", "score": 9}], walkedAt="2026-03-01T09:00:00Z")

    walk = record(
        admin, version, [{"touchpoint": "returns", "score": 2, "note": "Who pays the postage?"}], note="Tiring."
    )["walkthrough"]

    scores = walk.pop("scores")["nodes"]
    assert walk == {
        "walkedAt": "2026-03-02T09:00:00+00:00", "shopper": "Robin", "note": "Tiring.", "version": {"number": 1},
        "recordedBy": "Brand_Admin 1",
    }  # fmt: skip
    assert scores == [
        {"score": 2, "note": "Who pays the postage?",
         "touchpoint": {"key": "returns", "walkthroughScores": {"nodes": [{"score": 2}, {"score": 9}]}}},
    ]  # fmt: skip
    shown = admin.data('{ walkthroughs(where: {shopper: {contains: "rob"}}) { nodes { note } } }')["walkthroughs"]
    assert shown["nodes"] == [{"note": "Tiring."}, {"note": ""}]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing scored": ({"scores": []}, "scores"),
    "no such touchpoint": ({"scores": [{"touchpoint": "invoice", "score": 1}]}, "scores.0.touchpoint"),
    "one twice": ({"scores": [{"touchpoint": "returns", "score": 1}] * 2}, "scores.1.touchpoint"),
    "eleven": ({"scores": [{"touchpoint": "returns", "score": 11}]}, "scores.0.score"),
    "nobody": ({"shopper": " "}, "shopper"),
    "a long note": ({"note": "n" * 4_001}, "note"),
    "tomorrow": ({"walkedAt": "2999-01-01T00:00:00Z"}, "walkedAt"),
}


@pytest.mark.parametrize(("wrong", "field"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_wrong_is_told_by_its_path_and_nothing_is_recorded(
    admin: Asker, acme: BrandRef, version: str, wrong: dict[str, Any], field: str
) -> None:
    answer = record(admin, version, **{"scores": [{"touchpoint": "returns", "score": 1}], **wrong})

    assert [error["field"] for error in answer["userErrors"]] == [field]
    with brand_tx(acme):
        assert (Walkthrough.objects.count(), WalkthroughScore.objects.count()) == (0, 0)


def test_a_draft_is_walked_by_nobody(admin: Asker, version: str) -> None:
    begun = draft(admin, admin.data("{ journeys { nodes { id } } }")["journeys"]["nodes"][0]["id"])

    answer = record(admin, begun, [{"touchpoint": "returns", "score": 1}])

    assert answer["userErrors"] == [{"code": "CONFLICT", "field": "version"}]
