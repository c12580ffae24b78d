"""Lists by touchpoint show what was placed there, as numbers count it, beside what names it."""

from typing import Any

import pytest

from apps.interactions.imports import INTERACTIONS
from apps.surveys.imports import SURVEY_RESPONSES
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, admin, asker
from tests.interactions.placing.test_placing import ANSWER, contact, link
from tests.journeys.stages.stored import load

__all__ = ["admin", "asker"]

LISTS = """query($i: InteractionWhere, $r: SurveyResponseWhere) {
  interactions(where: $i) { nodes { externalId } } surveyResponses(where: $r) { nodes { externalId } } }"""


@pytest.fixture
def asked(admin: Asker, acme: BrandRef) -> Any:
    """Refunds arise at returns. Of contacts and answers, one is on a refund, and one names another place."""
    with brand_tx(acme):
        link("Billing/Refund", "returns")
        for name, more in (("placed", {}), ("named", {"touchpoint": "shop"}), ("nowhere", {"reason": None})):
            load(INTERACTIONS, contact(name, **more))
            load(SURVEY_RESPONSES, {**ANSWER, "external_id": name, "interaction": name})

    def ask(where: dict[str, Any]) -> list[set[str]]:
        data = admin.data(LISTS, {"i": where, "r": where})
        return [{node["externalId"] for node in page["nodes"]} for page in data.values()]

    return ask


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"touchpoint": {"eq": "returns"}}, {"placed"}),
        ({"touchpoint": {"eq": "shop"}}, {"named"}),
        ({"touchpoint": {"oneOf": ["shop", "returns"]}}, {"named", "placed"}),
        ({"touchpoint": {"oneOf": []}}, set()),
        ({"touchpoint": {"isNull": True}}, {"nowhere"}),
        ({"touchpoint": {"isNull": False}}, {"named", "placed"}),
        ({"NOT": {"touchpoint": {"eq": "returns"}}}, {"named", "nowhere"}),
    ],
)
def test_a_touchpoint_has_what_names_it_and_what_was_placed_there(
    asked: Any, where: dict[str, Any], expected: set[str]
) -> None:
    assert asked(where) == [expected, expected]
