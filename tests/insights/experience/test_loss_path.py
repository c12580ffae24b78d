"""What failed last before customers left: counted by hand, held against who stayed, and not judged of few."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.interactions.models import Interaction
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker, codes
from tests.insights.experience.brand import MARCH, SPAN, START, names, told

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
GONE = START + timedelta(days=20)
PATH = """query($window: WindowInput!, $days: Int! = 90, $fewest: Int! = 30) {
  lossPath(window: $window, withinDays: $days, fewest: $fewest) { left stayed
    steps { kind key left { good of } stayed { good of } difference interval { method } pValue leadsOut } } }"""


@pytest.fixture
def brand(acme: BrandRef, db: None) -> BrandRef:
    """Forty left, most of them after the checkout failed; forty stayed, for most of whom nothing did."""
    with told(acme) as brand:
        for name in names("checkout", 30):
            brand.customer(name, joined_at=LONG_AGO, churned_at=GONE).met("delivery", "X").met("checkout", "X")
        for name in names("cancelled", 6):
            brand.customer(name).met("checkout", "S", promise_kept=False).met("delivery", "X")
        for name in names("quietly", 4):
            brand.customer(name, churned_at=GONE).met("checkout", "SR")
        for name in names("stays", 30):
            brand.customer(name, joined_at=LONG_AGO).met("checkout", "S")
        for name in names("forgives", 6):
            brand.customer(name, churned_at=MARCH.end).met("checkout", "X")
        for name in names("hung up", 4):
            brand.customer(name).met("checkout", "X").called()
        # Neither was a customer when the window began.
        brand.customer("before", churned_at=MARCH.start - timedelta(days=1)).met("checkout", "X")
        brand.customer("newly", joined_at=START, churned_at=GONE).met("checkout", "X")
    with brand_tx(acme):
        Interaction.objects.update(resolved=False)
        for each in Customer.objects.filter(external_id__startswith="cancelled"):
            Order.objects.create(
                external_id=each.external_id, customer=each, ordered_at=GONE, amount=1, currency="USD",
                kind="CANCELLATION",
            )  # fmt: skip
    return acme


def told_of(found: Any) -> dict[tuple[str | None, str | None], tuple[int, int]]:
    return {(step["kind"], step["key"]): (step["left"]["good"], step["stayed"]["good"]) for step in found["steps"]}


def test_the_last_failure_of_each_is_counted_and_held_against_who_stayed(brand: BrandRef, asker: MakeAsker) -> None:
    found = asker(Role.VIEWER).data(PATH, {"window": SPAN})["lossPath"]

    assert (found["left"], found["stayed"]) == (40, 40)
    assert told_of(found) == {
        ("TOUCHPOINT", "checkout"): (30, 6), ("TOUCHPOINT", "delivery"): (6, 0), (None, None): (4, 30),
        ("CONTACT", "PHONE"): (0, 4),
    }  # fmt: skip
    first, *others = found["steps"]
    assert (first["key"], first["difference"], first["leadsOut"]) == ("checkout", pytest.approx(24 / 40), True)
    assert first["interval"]["method"] == "NEWCOMBE"
    assert first["pValue"] < 1e-6
    # Six against none: z is 2.547, p is 0.01087, and half of four steps are less likely by chance.
    assert others[0]["pValue"] == pytest.approx(2 * 0.0108698, rel=1e-4)
    assert [(step["key"], step["leadsOut"]) for step in others] == [("delivery", True), ("PHONE", False), (None, False)]


def test_what_is_too_long_ago_did_not_come_last_and_few_are_not_judged(brand: BrandRef, asker: MakeAsker) -> None:
    viewer = asker(Role.VIEWER)
    lately = viewer.data(PATH, {"window": SPAN, "days": 1})["lossPath"]
    few = viewer.data(PATH, {"window": SPAN, "fewest": 41})["lossPath"]

    assert told_of(lately) == {(None, None): (40, 40)}
    assert {(step["interval"], step["pValue"], step["leadsOut"]) for step in few["steps"]} == {(None, None, False)}


def test_another_brand_is_no_part_of_it_and_what_makes_no_sense_is_refused(
    brand: BrandRef, globex: BrandRef, asker: MakeAsker
) -> None:
    theirs = asker(Role.VIEWER, brand=globex).data(PATH, {"window": SPAN})["lossPath"]

    assert theirs == {"left": 0, "stayed": 0, "steps": []}
    for given in ({"days": 0}, {"days": 367}, {"fewest": 0}):
        assert codes(asker(Role.VIEWER).ask(PATH, {"window": SPAN, **given})) == ["BAD_USER_INPUT"]
    assert codes(asker(Role.AGENT).ask(PATH, {"window": SPAN})) == ["FORBIDDEN"]
