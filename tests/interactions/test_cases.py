"""Cases made of stored contacts: joined in the background, the same whatever order the contacts arrived in."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apps.interactions.imports import INTERACTION_EVENTS, INTERACTIONS
from apps.interactions.joining import join_marked
from apps.interactions.models import Case, CaseMark, Interaction
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.test_events import load
from tests.metrics.conftest import app
from tests.metrics.drawn import scratch

__all__ = ["app"]
pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, tzinfo=UTC)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def contact(external_id: str, days: float, **more: Any) -> dict[str, Any]:
    told = {"external_id": external_id, "channel": "PHONE", "opened_at": START + timedelta(days=days)}
    return told | {"customer": "ann", "reason": "Billing/Refund", "talk_seconds": 60, **more}


def join(brand: BrandRef) -> None:
    while join_marked(brand, now=NOW):
        pass


def arrive(brand: BrandRef, *rows: dict[str, Any]) -> None:
    load(brand, INTERACTIONS, *rows)
    join(brand)


def cases(brand: BrandRef) -> list[tuple[Any, ...]]:
    """List cases as what they say and whose contacts they hold."""
    with brand_tx(brand):
        return [
            (
                case.customer.external_id, case.reason.path, case.state, case.contacts, case.channel_switches,
                case.handle_seconds, case.opened_at, case.last_contact_at,
                sorted(case.interactions.values_list("external_id", flat=True)),
            )
            for case in Case.objects.order_by("opened_at", "customer__external_id", "reason__path")
        ]  # fmt: skip


def members(brand: BrandRef) -> list[list[str]]:
    return [case[-1] for case in cases(brand)]


def case_of(brand: BrandRef, external_id: str) -> Any:
    with brand_tx(brand):
        return Interaction.objects.get(external_id=external_id).case_id


def test_a_customers_contacts_on_one_reason_are_one_case_across_channels(acme: BrandRef) -> None:
    arrive(
        acme,
        contact("c1", 0),
        contact("c2", 3, channel="EMAIL", talk_seconds=None),
        contact("c3", 9, hold_seconds=10, resolved=True),
    )

    assert cases(acme) == [
        ("ann", "Billing/Refund", "RESOLVED", 3, 2, 130.0, START, START + timedelta(days=9), ["c1", "c2", "c3"])
    ]


def test_other_customers_other_reasons_and_later_contacts_are_cases_of_their_own(acme: BrandRef) -> None:
    arrive(
        acme, contact("c1", 0), contact("bens", 0.1, customer="ben"), contact("other", 0.2, reason="Delivery"),
        contact("later", 7.1),
    )  # fmt: skip

    assert members(acme) == [["c1"], ["bens"], ["other"], ["later"]]


def test_without_a_customer_or_a_reason_there_is_no_case(acme: BrandRef) -> None:
    arrive(acme, contact("c1", 0, customer=None), contact("c2", 0, reason=None))

    assert cases(acme) == []


def test_a_late_contact_makes_one_case_of_two_and_the_first_opened_survives_with_all_effort(acme: BrandRef) -> None:
    arrive(acme, contact("c2", 10))
    arrive(acme, contact("c1", 0))
    survivor = case_of(acme, "c1")

    arrive(acme, contact("bridge", 5, talk_seconds=5))

    assert members(acme) == [["bridge", "c1", "c2"]]
    assert {case_of(acme, name) for name in ("bridge", "c1", "c2")} == {survivor}
    assert cases(acme)[0][5] == 125


def test_a_contact_that_turns_out_to_be_about_something_else_leaves_its_case(acme: BrandRef) -> None:
    arrive(acme, contact("c1", 0), contact("c2", 5), contact("c3", 10))
    first = case_of(acme, "c1")

    arrive(acme, contact("c2", 5, reason="Delivery"))

    assert members(acme) == [["c1"], ["c2"], ["c3"]]
    assert (case_of(acme, "c1"), case_of(acme, "c3") == first) == (first, False)
    arrive(acme, contact("c2", 5, reason=None), contact("c3", 10, customer="ben"))
    assert (members(acme), case_of(acme, "c2")) == ([["c1"], ["c3"]], None)


def test_events_change_what_a_case_says(acme: BrandRef) -> None:
    arrive(acme, contact("c1", 0, talk_seconds=None, reason=None))

    load(
        acme,
        INTERACTION_EVENTS,
        *(
            {"external_id": f"e{place}", "interaction": "c1", "kind": kind, "at": START + timedelta(seconds=place * 30)}
            for place, kind in enumerate(("ANSWERED", "ENDED"))
        ),
        {"external_id": "r", "interaction": "c1", "kind": "RESOLVED", "at": START + timedelta(60), "reason": "Billing"},
    )
    join(acme)

    assert [case[1:6] for case in cases(acme)] == [("Billing", "RESOLVED", 1, 0, 30.0)]


def test_nothing_is_marked_once_cases_are_made_and_making_them_again_changes_nothing(acme: BrandRef) -> None:
    arrive(acme, contact("c1", 0), contact("c2", 1))
    with brand_tx(acme):
        before = list(Case.objects.values())
        assert not CaseMark.objects.exists()

    arrive(acme, contact("c1", 0))
    with brand_tx(acme):
        assert (list(Case.objects.values()), CaseMark.objects.count()) == (before, 0)


def test_two_brands_keep_their_cases_apart(acme: BrandRef, globex: BrandRef) -> None:
    arrive(acme, contact("c1", 0))
    arrive(globex, contact("c1", 0), contact("c2", 1))

    assert (members(acme), members(globex)) == ([["c1"]], [["c1", "c2"]])


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.generate],
)
@given(seed=st.integers(0, 2**32))
def test_the_order_and_batches_of_arrival_change_nothing(acme: BrandRef, seed: int) -> None:
    chance = Random(seed)
    rows = [
        contact(
            f"c{number}", chance.choice([0, 3, 7, 7.01, 12, 20, 30]), customer=chance.choice(["ann", "ben"]),
            reason=chance.choice(["Billing", "Delivery", None]), channel=chance.choice(["PHONE", "EMAIL"]),
            resolved=chance.choice([None, True, False]),
        )
        for number in range(chance.randint(1, 14))
    ]  # fmt: skip
    shuffled = chance.sample(rows, len(rows))

    with brand_tx(acme), scratch():
        arrive(acme, *rows)
        expected = cases(acme)
    with brand_tx(acme), scratch():
        # Each was about something else at first.
        arrive(acme, *(row | {"reason": chance.choice(["Billing", "Other"])} for row in shuffled[::2]))
        for start in range(0, len(shuffled), 3):
            arrive(acme, *shuffled[start : start + 3])

        assert cases(acme) == expected
