"""One person known as several customers counts once among customers, and brings nobody by being two."""

from datetime import UTC, datetime

import pytest

from apps.customers import commands
from apps.customers.models import Customer, Referral
from apps.insights.experience.asking import Asked
from apps.insights.experience.cohorts import cohorts
from apps.insights.experience.contact_free import contact_free
from apps.insights.experience.referring import referring
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.insights.experience.brand import MARCH, NOW, START, told
from tests.interactions.working.rows import viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def merged(acme: BrandRef) -> BrandRef:
    """Ana, known twice, the one having brought the other; and Ben, whom she brought."""
    with told(acme) as brand:
        for name in ("ana", "ana-again", "ben"):
            brand.customer(name, joined_at=START)
    with brand_tx(acme):
        known = {each.external_id: each for each in Customer.objects.all()}
        for number, (who, whom) in enumerate([("ana", "ana-again"), ("ana-again", "ana"), ("ana-again", "ben")]):
            Referral.objects.create(
                external_id=f"r-{number}", referrer=known[who], customer=known[whom], referred_at=START
            )
        commands.merge_customers(
            actor=viewer(), survivor_id=known["ana"].pk, merged_id=known["ana-again"].pk, now=datetime.now(UTC)
        )
    return acme


def test_a_merged_customer_is_one_of_those_who_did_not_have_to_ask(merged: BrandRef) -> None:
    with brand_tx(merged):
        assert contact_free(Asked(MARCH, NOW)) == (2, 2)


def test_a_merged_customer_is_one_of_its_cohort(merged: BrandRef) -> None:
    with brand_tx(merged):
        (march,) = cohorts(Asked(MARCH, NOW))

    assert march.customers == 2


def test_a_merged_customer_is_one_referrer_and_did_not_bring_itself(merged: BrandRef) -> None:
    with brand_tx(merged):
        found = referring(Asked(MARCH, NOW))

    assert (found.customers, found.brought) == (2, 1)
    assert (found.referrers, found.new_brought) == ((1, 2), (1, 2))
