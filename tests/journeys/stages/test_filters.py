"""Lists narrowed by stage and department: by the version that was in force when things happened, as numbers are."""

from typing import Any

import pytest

from apps.interactions.imports import INTERACTIONS
from apps.journeys.imports import TOUCHPOINT_EVENTS
from apps.journeys.models import Touchpoint
from apps.surveys.imports import SURVEY_RESPONSES
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, admin, asker
from tests.journeys.stages.stored import day, event, load, published

__all__ = ["admin", "asker"]

LISTS = """query($i: InteractionWhere, $r: SurveyResponseWhere, $e: TouchpointEventWhere) {
  interactions(where: $i) { nodes { externalId } }
  surveyResponses(where: $r) { nodes { externalId } }
  touchpointEvents(where: $e) { nodes { externalId } } }"""


@pytest.fixture
def asked(admin: Asker, acme: BrandRef) -> Any:
    """The shop is where people buy, of sales, until the tenth day, and where they pay, of it, from then on."""
    with brand_tx(acme):
        published({"buy": ("shop",)}, until=10, owner="sales")
        published({"pay": ("shop",)}, since=10, owner="it")
        Touchpoint.objects.filter(key="shop").update(stage="never", department="never")
        Touchpoint.objects.create(key="kiosk", stage="own", department="facilities")
        for name, at, touchpoint in (("old", 1, "shop"), ("new", 11, "shop"), ("own", 1, "kiosk"), ("none", 1, None)):
            load(INTERACTIONS, {"external_id": name, "channel": "CHAT", "opened_at": day(at), "touchpoint": touchpoint})
            # About a contact, and without a touchpoint of its own.
            load(SURVEY_RESPONSES, {"external_id": name, "survey": "s", "kind": "CSAT", "score": 4,
                                    "answered_at": day(at), "interaction": name})  # fmt: skip
            if touchpoint is not None:
                load(TOUCHPOINT_EVENTS, event(name, touchpoint, at))

    def ask(where: dict[str, Any]) -> list[set[str]]:
        data = admin.data(LISTS, {"i": where, "r": where, "e": where})
        return [{node["externalId"] for node in page["nodes"]} for page in data.values()]

    return ask


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"stage": {"eq": "buy"}}, {"old"}),
        ({"stage": {"eq": "pay"}}, {"new"}),
        ({"stage": {"eq": "never"}}, set()),
        ({"stage": {"oneOf": ["pay", "own"]}}, {"new", "own"}),
        ({"department": {"eq": "it"}}, {"new"}),
        ({"department": {"eq": "facilities"}}, {"own"}),
        ({"AND": [{"department": {"eq": "sales"}}, {"stage": {"eq": "pay"}}]}, set()),
        ({"stage": {"isNull": False}}, {"old", "new", "own"}),
    ],
)
def test_stage_and_department_are_those_of_then(asked: Any, where: dict[str, Any], expected: set[str]) -> None:
    assert asked(where) == [expected, expected, expected]


def test_what_is_not_in_a_stage_is_all_the_rest(asked: Any) -> None:
    rest = {"new", "own", "none"}

    assert asked({"NOT": {"stage": {"eq": "buy"}}}) == [rest, rest, rest - {"none"}]
    assert asked({"stage": {"isNull": True}}) == [{"none"}, {"none"}, set()]
