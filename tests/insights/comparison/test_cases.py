"""Every vendor's rule, on cases reckoned by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from apps.insights.comparison.comparing import Comparison, compare_definitions
from apps.insights.comparison.differences import Difference
from apps.insights.comparison.differing import differing, disputed
from apps.insights.comparison.rule import Standing
from apps.insights.comparison.subjects import SUBJECTS
from apps.metrics import selectors
from apps.metrics.filters import EVERYTHING
from apps.metrics.windows import Window
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.insights.comparison.case import Case, Why
from tests.insights.comparison.cases import CASES
from tests.metrics.rows import store

pytestmark = pytest.mark.django_db
MARCH = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
NOW = datetime(2026, 6, 1, tzinfo=UTC)
each_case = pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.subject}: {case.title}") for case in CASES])


@pytest.fixture
def door(acme: BrandRef) -> Iterator[BrandRef]:
    with brand_tx(replace(acme, time_zone="UTC")) as brand:
        yield brand


def compared(case: Case) -> Comparison:
    store(case.rows)
    return compare_definitions(case.subject, MARCH, now=NOW)


def whys(difference: Difference) -> list[Why]:
    found = [(each.ours.value, each.theirs.value, each.reason, each.count) for each in difference.disagreements]
    return sorted(found)


@each_case
def test_every_definition_comes_to_what_is_reckoned_by_hand(door: BrandRef, case: Case) -> None:
    found = compared(case)
    subject = SUBJECTS[case.subject]
    answer = selectors.metric_value(subject.metric.key, MARCH, variant=subject.variant.key, now=NOW)

    told = {"OURS": found.ours} | {each.rule.key: each.told for each in found.others}
    assert {key: (each.numerator, each.denominator) for key, each in told.items()} == case.answers
    assert {key: each.value for key, each in told.items()} == {
        key: numerator / denominator if denominator else None for key, (numerator, denominator) in case.answers.items()
    }
    assert (answer.value, answer.sample_size, answer.interval, answer.provisional) == (
        found.ours.value,
        found.ours.sample_size,
        found.ours.interval,
        found.provisional,
    )


@each_case
def test_what_differs_is_told_with_its_reasons_and_row_by_row(door: BrandRef, case: Case) -> None:
    found = {each.rule.key: whys(each.difference) for each in compared(case).others}

    for key, expected in case.whys.items():
        assert len(found[key]) == len(expected), (key, found[key])
        for (ours, theirs, reason, count), (our, their, begins, many) in zip(found[key], expected, strict=True):
            assert (ours, theirs, count) == (our, their, many), key
            assert reason.startswith(begins)
        subject, rule = disputed(case.subject, key, MARCH, EVERYTHING)
        rows = differing(subject, rule, MARCH, now=NOW, after=None, limit=100)
        listed = [(row.ours.value, row.theirs.value, row.reason) for row in rows]
        assert {(*cell, listed.count(cell)) for cell in listed} == set(found[key])


def test_every_rule_has_a_case_that_says_what_it_counts_otherwise() -> None:
    named = {(case.subject, key) for case in CASES for key in case.whys}

    assert {(subject.key, rule.key) for subject in SUBJECTS.values() for rule in subject.rules} == named


def test_every_rule_says_where_it_comes_from_and_names_each_reason_once() -> None:
    for subject in SUBJECTS.values():
        for rule in subject.rules:
            assert "https://" in rule.source
            reasons = [reason.text for reason in (*rule.left_out, *rule.fails, *rule.differs)]
            assert len(reasons) == len(set(reasons)), rule.key
            assert not rule.differs or rule.differs[-1].where == "TRUE"
        for last in (subject.left_out[-1], *subject.fails[-1:]):
            assert last.where == "TRUE"


def test_pages_of_rows_follow_each_other_newest_first(door: BrandRef) -> None:
    case = next(case for case in CASES if case.subject == "SERVICE_LEVEL")
    store(case.rows)
    subject, rule = disputed("SERVICE_LEVEL", "GENESYS_ABANDONS_OUT", MARCH, EVERYTHING)

    first = differing(subject, rule, MARCH, now=NOW, after=None, limit=2)
    second = differing(subject, rule, MARCH, now=NOW, after=first[-1].position, limit=2)
    none = differing(subject, rule, MARCH, now=NOW, ours=[Standing.ABOVE], after=None, limit=2)

    positions = [row.position for row in (*first, *second)]
    assert len(positions) == 3
    assert positions == sorted(positions, reverse=True)
    assert none == []
