"""What one delivery of a row means for what is stored."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from apps.customers.imports import CUSTOMERS, ORDERS
from apps.customers.models import Customer, Order
from apps.interactions.imports import INTERACTIONS
from apps.interactions.models import Interaction, Reason
from apps.surveys.imports import SURVEY_RESPONSES
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.dirty.models import DirtyMark
from cxplatform.imports.kinds import Kind
from cxplatform.imports.outcomes import RowOutcome
from cxplatform.imports.rows import RowReader
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CALL = {"external_id": "c1", "channel": "PHONE", "opened_at": "2026-03-01T09:30:00Z"}
ANSWER = {"external_id": "a1", "survey": "post-call", "kind": "NPS", "score": 9, "answered_at": "2026-03-02T10:00:00Z"}


def load(brand: BrandRef, kind: Kind, *rows: dict[str, Any]) -> list[RowOutcome]:
    with brand_tx(brand):
        return upsert(kind, list(rows), now=NOW)


def statuses(outcomes: list[RowOutcome]) -> list[str]:
    return [outcome.status.value for outcome in outcomes]


def errors(outcome: RowOutcome) -> list[tuple[str | None, str]]:
    return [(problem.field, problem.code.value) for problem in outcome.errors]


def test_an_unknown_row_is_accepted_and_the_same_again_is_a_duplicate(acme: BrandRef) -> None:
    first, again = load(acme, INTERACTIONS, CALL), load(acme, INTERACTIONS, CALL)

    assert statuses(first + again) == ["ACCEPTED", "DUPLICATE"]
    assert first[0].id == again[0].id
    with brand_tx(acme):
        assert Interaction.objects.count() == 1


def test_other_content_without_a_version_is_an_update_that_keeps_absent_and_clears_empty_values(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL | {"subject": "Refund", "language": "en", "priority": "HIGH"})

    outcomes = load(acme, INTERACTIONS, CALL | {"subject": None, "priority": None, "transfers": 2})

    assert statuses(outcomes) == ["UPDATED"]
    with brand_tx(acme):
        row = Interaction.objects.get()
        assert (row.subject, row.language, row.priority, row.transfers) == (None, "en", "NORMAL", 2)


@pytest.mark.parametrize(
    ("version", "subject", "expected"),
    [
        (2, "Refund", "DUPLICATE"),
        (2, "Other", "REJECTED"),
        (1, "Other", "DUPLICATE"),
        (3, "Other", "UPDATED"),
        (3, "Refund", "UPDATED"),
        (None, "Refund", "DUPLICATE"),
        (None, "Other", "UPDATED"),
    ],
)
def test_a_version_decides_against_the_stored_version_2(
    acme: BrandRef, version: int | None, subject: str, expected: str
) -> None:
    load(acme, INTERACTIONS, CALL | {"version": 2, "subject": "Refund"})

    outcomes = load(acme, INTERACTIONS, CALL | {"version": version, "subject": subject})

    assert statuses(outcomes) == [expected]
    if expected == "REJECTED":
        assert errors(outcomes[0]) == [("version", "CONFLICT")]
    with brand_tx(acme):
        row = Interaction.objects.get()
        assert row.subject == (subject if expected == "UPDATED" else "Refund")
        assert row.version == (version if expected == "UPDATED" and version else 2)


def test_rows_of_one_key_in_one_delivery_see_each_other(acme: BrandRef) -> None:
    outcomes = load(
        acme,
        INTERACTIONS,
        CALL | {"version": 1},
        CALL | {"version": 3, "subject": "third"},
        CALL | {"version": 2, "subject": "second"},
        CALL | {"version": 3, "subject": "third"},
        CALL | {"version": 3, "subject": "other"},
    )

    assert statuses(outcomes) == ["ACCEPTED", "UPDATED", "DUPLICATE", "DUPLICATE", "REJECTED"]
    with brand_tx(acme):
        assert Interaction.objects.values_list("version", "subject").get() == (3, "third")


def test_what_a_row_names_is_made_when_unknown_with_the_levels_above_a_reason(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL | {"customer": "p1", "reason": "Billing / Refund/Late", "queue": "q", "agent": 7})
    load(acme, INTERACTIONS, CALL | {"external_id": "c2", "customer": "p1", "reason": "Billing/Invoice"})

    with brand_tx(acme):
        paths = dict(Reason.objects.values_list("path", "parent__path"))
        assert paths == {
            "Billing": None,
            "Billing/Refund": "Billing",
            "Billing/Refund/Late": "Billing/Refund",
            "Billing/Invoice": "Billing",
        }
        assert Customer.objects.values_list("source", "external_id").get() == ("import", "p1")
        call = Interaction.objects.select_related("agent", "queue").get(external_id="c1")
        assert (call.agent.key, call.queue.key) == ("7", "q")


def test_customers_are_referred_to_within_their_source(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL | {"customer": "p1"}, CALL | {"customer": "p1", "source": "crm"})

    with brand_tx(acme):
        assert sorted(Customer.objects.values_list("source", "external_id")) == [("crm", "p1"), ("import", "p1")]


def test_a_rejected_row_leaves_nothing_behind_not_even_what_it_names(acme: BrandRef) -> None:
    outcomes = load(acme, INTERACTIONS, CALL | {"customer": "p1", "resolved_at": "2026-03-01T09:29:59Z"})

    assert errors(outcomes[0]) == [("resolved_at", "OUT_OF_RANGE")]
    with brand_tx(acme):
        assert (Interaction.objects.count(), Customer.objects.count(), DirtyMark.objects.count()) == (0, 0, 0)


def test_rules_between_columns_see_what_is_stored_already(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL | {"answered": True})

    outcomes = load(acme, INTERACTIONS, CALL | {"abandoned": True})

    assert errors(outcomes[0]) == [("abandoned", "CONFLICT")]


def test_an_answer_must_agree_with_the_kind_of_its_survey(acme: BrandRef) -> None:
    outcomes = load(
        acme,
        SURVEY_RESPONSES,
        ANSWER | {"external_id": "a0", "kind": "CSAT", "score": 9},
        ANSWER,
        ANSWER | {"external_id": "a2", "kind": "CSAT", "score": 5},
    )
    later = load(acme, SURVEY_RESPONSES, ANSWER | {"external_id": "a3", "kind": "CSAT", "score": 5})

    assert [errors(outcome) for outcome in outcomes + later] == [
        [("score", "OUT_OF_RANGE")],
        [],
        [("kind", "CONFLICT")],
        [("kind", "CONFLICT")],
    ]
    with brand_tx(acme):
        assert Survey.objects.values_list("key", "kind").get() == ("post-call", "NPS")
        assert SurveyResponse.objects.count() == 1


def test_a_row_without_an_identifier_is_known_by_its_content(acme: BrandRef) -> None:
    order = {"customer": "p1", "ordered_at": "2026-03-01T10:00:00+01:00", "amount": "12.50"}

    outcomes = load(
        acme,
        ORDERS,
        order,
        order | {"amount": 12.5, "ordered_at": "2026-03-01T09:00:00Z", "currency": "usd", "kind": ""},
        order | {"amount": "12.51"},
    )

    assert statuses(outcomes) == ["ACCEPTED", "REJECTED", "ACCEPTED"]
    outcomes = load(acme, ORDERS, order | {"amount": Decimal("12.5"), "currency": "usd", "kind": ""})
    assert statuses(outcomes) == ["DUPLICATE"]
    with brand_tx(acme):
        assert sorted(Order.objects.values_list("amount", "currency", "kind")) == [
            (Decimal("12.5"), "USD", "PURCHASE"),
            (Decimal("12.51"), "USD", "PURCHASE"),
        ]


def test_the_days_a_row_lies_on_and_lay_on_before_are_marked_in_the_brands_zone(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL | {"opened_at": "2026-03-01T04:30:00Z"})
    load(acme, INTERACTIONS, CALL | {"opened_at": "2026-03-05T12:00:00Z"})
    load(acme, INTERACTIONS, CALL | {"opened_at": "2026-03-05T12:00:00Z"})

    with brand_tx(acme):
        marks = list(DirtyMark.objects.filter(topic="interaction").order_by("id").values_list("topic", "day"))
    assert marks == [
        ("interaction", date(2026, 2, 28)),
        ("interaction", date(2026, 2, 28)),
        ("interaction", date(2026, 3, 5)),
    ]


def test_every_problem_of_a_row_is_answered(acme: BrandRef) -> None:
    outcomes = load(acme, INTERACTIONS, {"channel": "FAX", "opened_at": "yesterday", "transfers": -1, "colour": "red"})

    assert sorted(errors(outcomes[0]), key=str) == [
        ("channel", "UNKNOWN_VALUE"),
        ("colour", "MALFORMED_LINE"),
        ("external_id", "REQUIRED"),
        ("opened_at", "INVALID_DATE"),
        ("transfers", "OUT_OF_RANGE"),
    ]


def test_keys_are_found_again_whatever_signs_they_hold(acme: BrandRef) -> None:
    keys = ['a"b', "a\\b", '\\"', "{a,b}", "NULL", "a b", "a,b", "%s", "'", "é", "{}"]
    rows = [CALL | {"external_id": key, "customer": key, "queue": key} for key in keys]

    outcomes = load(acme, INTERACTIONS, *rows), load(acme, INTERACTIONS, *rows)

    assert [set(statuses(those)) for those in outcomes] == [{"ACCEPTED"}, {"DUPLICATE"}]
    with brand_tx(acme):
        assert sorted(Interaction.objects.values_list("customer__external_id", "queue__key")) == sorted(
            (key, key) for key in keys
        )


def test_many_updates_go_the_same_way_as_few(acme: BrandRef) -> None:
    rows = [CALL | {"external_id": f"c{n}", "reopened_at": ["2026-03-04T00:00:00Z"]} for n in range(120)]
    load(acme, INTERACTIONS, *rows)

    outcomes = load(acme, INTERACTIONS, *[row | {"subject": "new", "wait_seconds": 1.5} for row in rows])

    assert set(statuses(outcomes)) == {"UPDATED"}
    with brand_tx(acme):
        assert Interaction.objects.filter(subject="new", wait_seconds=1.5).count() == 120
        again = upsert(INTERACTIONS, [row | {"subject": "new", "wait_seconds": 1.5} for row in rows], now=NOW)
    assert set(statuses(again)) == {"DUPLICATE"}


def test_attributes_are_kept_as_they_came_and_compared_by_value(acme: BrandRef) -> None:
    row = {"external_id": "p1", "attributes": {"plan": "gold", "seats": 3, "rate": 0.1, "tags": ["a", None]}}

    outcomes = load(acme, CUSTOMERS, row) + load(acme, CUSTOMERS, row)

    assert statuses(outcomes) == ["ACCEPTED", "DUPLICATE"]
    with brand_tx(acme):
        assert Customer.objects.get().attributes == row["attributes"]


@pytest.mark.parametrize("cleared", ["", None])
def test_empty_attributes_are_none_and_clear_those_there_were(acme: BrandRef, cleared: str | None) -> None:
    load(acme, CUSTOMERS, {"external_id": "p1", "attributes": {"plan": "gold"}, "name": "Ada"})

    outcomes = load(acme, CUSTOMERS, {"external_id": "p1", "attributes": cleared})

    assert statuses(outcomes) == ["UPDATED"]
    with brand_tx(acme):
        row = Customer.objects.get()
        assert (row.attributes, row.name) == (None, "Ada")


def test_a_line_with_countless_unknown_names_is_answered_with_some_of_them(acme: BrandRef) -> None:
    [outcome] = load(acme, CUSTOMERS, {f"x{n}": 1 for n in range(1_000)})

    assert len(outcome.errors) == 50


def test_a_header_of_countless_names_is_refused_at_once(acme: BrandRef) -> None:
    problems = RowReader(CUSTOMERS, acme).header_problems([f"x{n}" for n in range(200_000)])

    assert len(problems) == 200_001
