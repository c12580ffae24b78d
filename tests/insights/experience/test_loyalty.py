"""Who never has to ask, how long cohorts stay, and who brings others."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order, Referral
from apps.insights.experience.asking import Asked
from apps.insights.experience.cohorts import cohorts
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker
from tests.insights.experience.brand import NOW, SPAN, START, told

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
FREE = "query($window: WindowInput!) { contactFreeRate(window: $window) { value good of interval { low high } } }"
COHORTS = """query($window: WindowInput!) { retentionCohorts(window: $window) {
  month customers points { months retained { value good of } } } }"""
REFERRALS = """query($window: WindowInput!) { referralFigures(window: $window) {
  customers brought perCustomer interval { low high } referrers { good of } newBrought { good of }
  promoters { good of } promotersRefer { good of } othersRefer { good of } pValue } }"""
SPRING = Window(datetime(2026, 1, 1, 5, tzinfo=UTC), datetime(2026, 5, 1, 4, tzinfo=UTC))


def test_the_contact_free_are_those_active_without_an_inbound_contact(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        brand.customer("quiet")
        brand.customer("asks").called().called()
        brand.customer("later", joined_at=NOW)
        brand.customer("gone", joined_at=datetime(2025, 1, 1, tzinfo=UTC), churned_at=datetime(2026, 2, 1, tzinfo=UTC))
        brand.customer("new", joined_at=START)

    found = asker(Role.VIEWER).data(FREE, {"window": SPAN})["contactFreeRate"]

    assert (found["good"], found["of"], found["value"]) == (2, 3, pytest.approx(2 / 3))
    assert 0 < found["interval"]["low"] < 2 / 3 < found["interval"]["high"] < 1


def test_cohorts_of_a_month_are_never_mixed_and_end_where_some_could_not_have_stayed(acme: BrandRef) -> None:
    def joined(day: str, left: str | None = None) -> dict[str, Any]:
        return {"joined_at": datetime.fromisoformat(day), "churned_at": left and datetime.fromisoformat(left)}

    with told(acme) as brand:
        brand.customer("a", **joined("2026-01-10T12:00+00:00"))
        brand.customer("b", **joined("2026-01-31T12:00+00:00", "2026-02-05T12:00+00:00"))
        brand.customer("c", **joined("2026-01-10T12:00+00:00", "2026-03-10T13:00+00:00"))
        # Still January where the brand is.
        brand.customer("d", **joined("2026-02-01T04:30+00:00"))
        brand.customer("e", **joined("2026-03-05T12:00+00:00", "2026-03-06T12:00+00:00"))

    with brand_tx(acme):
        january, march = cohorts(Asked(SPRING, NOW))

    # It is the evening of 31 May: who joined on 31 January has not been there four months yet.
    assert (january.month, january.customers) == (date(2026, 1, 1), 4)
    assert [share.good for share in january.kept] == [4, 3, 3, 2]
    assert (march.month, [share.good for share in march.kept]) == (date(2026, 3, 1), [1, 0])


def test_a_cancellation_ends_a_membership_unless_something_is_ordered_again(acme: BrandRef) -> None:
    with told(acme) as brand:
        for name in ("left", "back"):
            brand.customer(name, joined_at=datetime(2026, 1, 5, tzinfo=UTC))
    with brand_tx(acme):
        for name in ("left", "back"):
            _orders(name, "CANCELLATION", START)
        _orders("back", "RENEWAL", START + timedelta(days=1))
        (january,) = cohorts(Asked(SPRING, NOW))

    assert [share.good for share in january.kept] == [2, 2, 1, 1]


def _orders(name: str, kind: str, at: datetime) -> None:
    customer = Customer.objects.get(external_id=name)
    Order.objects.create(
        external_id=f"{name}-{kind}", customer=customer, kind=kind, ordered_at=at, amount=5, currency="USD"
    )


def test_cohorts_are_told_over_the_api_with_their_sizes(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        brand.customer("a", joined_at=START)

    (cohort,) = asker(Role.VIEWER).data(COHORTS, {"window": SPAN})["retentionCohorts"]

    assert (cohort["month"], cohort["customers"]) == ("2026-03-01", 1)
    assert cohort["points"][0] == {"months": 0, "retained": {"value": 1.0, "good": 1, "of": 1}}


def test_promoters_who_bring_others_are_told_from_those_who_only_say_so(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        brand.customer("ana").answered("NPS", 10)
        brand.customer("ben").answered("NPS", 9)
        brand.customer("cleo").answered("NPS", 5)
        for number in range(3):
            brand.customer(f"new-{number}", joined_at=START)
    with brand_tx(acme):
        people = {each.external_id: each for each in Customer.objects.all()}
        for number, (who, whom) in enumerate([("ana", "new-0"), ("ana", "new-1"), ("new-0", "new-1")]):
            Referral.objects.create(
                external_id=f"r-{number}", referrer=people[who], customer=people[whom], referred_at=START
            )

    found = asker(Role.VIEWER).data(REFERRALS, {"window": SPAN})["referralFigures"]

    assert (found["customers"], found["brought"], found["perCustomer"]) == (6, 3, 0.5)
    assert (found["referrers"], found["newBrought"]) == ({"good": 2, "of": 6}, {"good": 2, "of": 3})
    assert (found["promoters"], found["promotersRefer"], found["othersRefer"]) == (
        {"good": 1, "of": 1}, {"good": 1, "of": 2}, {"good": 0, "of": 1},
    )  # fmt: skip
