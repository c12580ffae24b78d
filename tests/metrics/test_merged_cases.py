"""Merging and splitting cases by hand changes no number: contacts count as their customer's on their reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from apps.interactions import commands
from apps.metrics import selectors
from apps.metrics.recompute import recompute_all
from apps.metrics.windows import Window
from cxplatform.dirty.marks import mark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.cases.stored import NOW, START, case_of, contact, join_all, members
from tests.interactions.working.rows import viewer

MARCH = Window(START.replace(hour=0), START.replace(hour=0) + timedelta(days=60))


def fcr() -> tuple[float | None, float | None]:
    (value,) = selectors.metric_values(["FCR_REPEAT"], MARCH, now=NOW)
    return value.numerator, value.denominator


@pytest.mark.django_db
def test_merged_contacts_follow_the_case_that_stays_and_count_as_before(acme: BrandRef) -> None:
    brand = replace(acme, time_zone="UTC")
    with brand_tx(brand):
        # The first fails by the second, which is no first contact; those of days 20 and 40 are firsts of their own.
        made = [contact(f"{day}", day) for day in (0, 3, 20, 40)]
        # Until when there is data, so that the seven days after the last have passed.
        made.append(contact("end", 60, customer=None))
        join_all()
        mark("interaction", {each.opened_at.date() for each in made})
        recompute_all(brand, now=NOW)
        before = fcr()

        about = {"actor": viewer(), "now": NOW}
        commands.merge_cases(**about, case_ids=[case_of(made[2])], into_id=case_of(made[0]))
        commands.split_case(**about, case_id=case_of(made[0]), interaction_ids=[made[1].pk])
        recompute_all(brand, now=NOW)

        assert members() == [["0", "20"], ["3"], ["40"]]
        assert (before, fcr()) == ((2, 3), (2, 3))
