"""What a `where` lets through: the rows it says, and no sight of what its asker may not see."""

from typing import Any

import pytest

from apps.interactions.models import Queue, Reason
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.graphql.rows import customer, interaction

ASK = "query($where: InteractionWhere) { interactions(where: $where) { totalCount nodes { externalId } } }"


def found(asker: Asker, where: dict[str, Any]) -> str:
    """Return the external ids that match, in alphabetical order."""
    page = asker.data(ASK, {"where": where})["interactions"]
    assert page["totalCount"] == len(page["nodes"])
    return " ".join(sorted(node["externalId"] for node in page["nodes"]))


@pytest.fixture
def four(db: None, acme: BrandRef) -> None:
    """Interactions a to d; d has neither customer, queue nor reason."""
    with brand_tx(acme):
        billing, sales = Queue.objects.create(key="billing"), Queue.objects.create(key="sales")
        root = Reason.objects.create(path="Billing", name="Billing")
        refund = Reason.objects.create(path="Billing/Refund", name="Refund", parent=root)
        gold = customer("c1", name="Ann", segment="gold", country="US")
        tin = customer("c2", name="Bob", segment="tin", country="DE")
        interaction("a", queue=billing, reason=root, customer=gold, wait_seconds=5, subject="100% lost")
        interaction("b", queue=billing, reason=refund, customer=tin, channel="CHAT", subject="Lost parcel")
        interaction("c", queue=sales, reason=Reason.objects.create(path="Bill", name="Bill"), customer=gold)
        interaction("d", channel="EMAIL", wait_seconds=50)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, "a b c d"),
        ({"channel": {"eq": "PHONE"}}, "a c"),
        ({"channel": {"oneOf": ["CHAT", "EMAIL"]}}, "b d"),
        ({"channel": {"oneOf": []}}, ""),
        ({"queue": {"eq": "billing"}}, "a b"),
        ({"queue": {"oneOf": ["sales", "none such"]}}, "c"),
        ({"queue": {"isNull": True}}, "d"),
        ({"NOT": {"queue": {"eq": "billing"}}}, "c d"),
        ({"reason": {"eq": "Billing"}}, "a"),
        ({"reason": {"under": "Billing"}}, "a b"),
        ({"NOT": {"reason": {"under": "Billing"}}}, "c d"),
        ({"customer": {"segment": {"eq": "gold"}}}, "a c"),
        ({"customer": {"NOT": {"segment": {"eq": "gold"}}}}, "b"),
        ({"NOT": {"customer": {"segment": {"eq": "gold"}}}}, "b d"),
        ({"NOT": {"customer": {}}}, "d"),
        ({"waitSeconds": {"range": {"gte": 5, "lt": 50}}}, "a"),
        ({"waitSeconds": {"isNull": False}}, "a d"),
        ({"NOT": {"waitSeconds": {"range": {"gte": 10}}}}, "a b c"),
        ({"NOT": {"NOT": {"waitSeconds": {"range": {"gte": 10}}}}}, "d"),
        ({"subject": {"contains": "LOST"}}, "a b"),
        ({"subject": {"contains": "0% l"}}, "a"),
        ({"subject": {"contains": "_"}}, ""),
        ({"OR": [{"queue": {"eq": "sales"}}, {"channel": {"eq": "EMAIL"}}]}, "c d"),
        ({"OR": []}, ""),
        ({"OR": [{}, {"queue": {"eq": "sales"}}]}, "a b c d"),
        ({"AND": [{"queue": {"eq": "billing"}}, {"channel": {"eq": "CHAT"}}]}, "b"),
        ({"AND": []}, "a b c d"),
        ({"NOT": {}}, ""),
        ({"openedAt": {"range": {"gte": "2026-03-02T09:00:00Z", "lt": "2026-03-02T09:00:00.000001Z"}}}, "a b c d"),
        ({"openedAt": {"range": {"lt": "2026-03-02T09:00:00Z"}}}, ""),
    ],
)
def test_a_filter_lets_through_what_it_says(admin: Asker, four: None, where: dict[str, Any], expected: str) -> None:
    assert found(admin, where) == expected
