"""The generator alone: what it tells, and that it tells it the same every time."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.demo.story.invited import TAKEN_OVER_WEEK
from config.demo.story.plans import ACME, GLOBEX, Plan
from config.demo.story.story import Story
from tests.demo.counting import (
    Row,
    abandonment,
    after,
    bad_reasons,
    before,
    first_contact_resolution,
    last,
    nps,
    scores,
    service_level,
    top_box,
)
from tests.demo.small import PLANS

TODAY = date(2026, 11, 20)
LITTLE = PLANS[1]
# Enough that something happens every day.
DAILY = replace(LITTLE, first_contacts_a_week=60)


@pytest.fixture(scope="module")
def story() -> Story:
    return Story(ACME, TODAY)


@pytest.fixture(scope="module")
def contacts(story: Story) -> list[Row]:
    return list(story.interactions())


@pytest.fixture(scope="module")
def answers(story: Story) -> list[Row]:
    return list(story.survey_responses())


def test_the_same_day_tells_the_same_story_byte_by_byte() -> None:
    once, again = ({kind: b"".join(pieces) for kind, pieces in Story(LITTLE, TODAY).files()} for _ in range(2))

    assert once == again
    assert list(once) == [
        *("customers", "orders", "touchpoint-events", "interactions", "survey-invitations", "survey-responses"),
    ]


def test_a_week_later_it_is_the_same_story_a_week_later() -> None:
    now, later = (list(Story(LITTLE, TODAY + shift).interactions()) for shift in (timedelta(0), timedelta(weeks=1)))

    assert [_without_instants(row) for row in now] == [_without_instants(row) for row in later]
    assert [_local(row, LITTLE) + timedelta(weeks=1) for row in now] == [_local(row, LITTLE) for row in later]


@pytest.mark.parametrize("day", range(7))
def test_the_data_ends_yesterday_after_a_year_or_more(day: int) -> None:
    today = TODAY + timedelta(days=day)
    rows = list(Story(DAILY, today).interactions())

    days = {_local(row, DAILY).date() for row in rows}

    assert max(days) == today - timedelta(days=1)
    assert today - timedelta(days=371) <= min(days) <= today - timedelta(days=365)


def test_nothing_is_known_of_what_has_not_happened_yet(contacts: list[Row], story: Story) -> None:
    end = story.weeks.utc(story.weeks.end)
    columns = ("opened_at", "first_response_at", "resolved_at", "closed_at")

    assert all(row.get(column, "") < end for row in contacts for column in columns)
    assert any(not row["resolved_at"] for row in contacts[-100:])


def test_there_is_enough_of_everything(story: Story, contacts: list[Row], answers: list[Row]) -> None:
    counts = {
        "customers": len(list(story.customers())),
        "orders": len(list(story.orders())),
        "events": len(list(story.touchpoint_events())),
        "interactions": len(contacts),
        "answers": len(answers),
        "agents": len({row["agent"] for row in contacts} - {""}),
        "reasons": len({row["reason"] for row in contacts}),
    }

    assert counts == {
        "customers": 6_501,
        "orders": 7_350,
        "events": 11_960,
        "interactions": 23_798,
        "answers": 7_197,
        "agents": 25,
        "reasons": 11,
    }


def test_who_answered_was_asked_and_most_who_were_asked_kept_silent(story: Story, answers: list[Row]) -> None:
    asked = list(story.survey_invitations())
    said = [_asking(row) for row in asked if row.get("answered_at")]
    arrived = Counter(row["kind"] for row in asked if not row.get("bounced_at"))

    assert len({row["external_id"] for row in asked}) == len(asked)
    assert len(set(said)) == len(said)
    assert set(said) <= {_asking(row) for row in answers}
    rates = {kind: round(Counter(kind for kind, *_ in said)[kind] / number, 2) for kind, number in arrived.items()}
    assert rates == {"CSAT": 0.31, "NPS": 0.28}


def test_nobody_was_asked_before_and_nothing_is_known_after_the_end(story: Story) -> None:
    asked = list(story.survey_invitations())
    moments = ("delivered_at", "opened_at", "answered_at", "bounced_at")

    assert all(row["sent_at"] < story.weeks.utc(story.weeks.end) for row in asked)
    assert all(not row.get(name) or row["sent_at"] <= row[name] for row in asked for name in moments)
    taken_over = story.weeks.utc(story.weeks.week(TAKEN_OVER_WEEK))
    assert max(row["sent_at"] for row in asked if row["kind"] == "CSAT") < taken_over
    assert max(row["sent_at"] for row in asked if row["kind"] == "NPS") > taken_over


def test_keys_are_unique_and_every_interaction_named_by_an_answer_is_there(
    contacts: list[Row], answers: list[Row]
) -> None:
    keys = {row["external_id"] for row in contacts}

    assert len(keys) == len(contacts)
    assert len({row["external_id"] for row in answers}) == len(answers)
    assert {row.get("interaction", "") for row in answers} - {""} <= keys


def test_brands_share_natural_keys_but_no_words(contacts: list[Row]) -> None:
    german = list(Story(GLOBEX, TODAY).interactions())

    assert {row["external_id"] for row in german} < {row["external_id"] for row in contacts}
    assert {row["reason"] for row in german} == {row["reason"] for row in contacts}
    assert {row["subject"] for row in german}.isdisjoint({row["subject"] for row in contacts})
    assert {row["agent"] for row in german} < {row["agent"] for row in contacts}


def test_contacts_fall_by_a_fifth_in_the_three_months_after_the_redesign(contacts: list[Row], story: Story) -> None:
    was, is_, ends = (len(period(story.weeks).of(contacts, "opened_at")) for period in (before, after, last))

    assert (was, is_, ends) == (6_289, 5_015, 4_959)
    assert round(is_ / was - 1, 3) == -0.203
    assert round(ends / was - 1, 3) == -0.211


def test_two_reasons_drive_most_contacts_and_only_they_fall(contacts: list[Row], story: Story) -> None:
    was, is_ = (period(story.weeks).of(contacts, "opened_at") for period in (before, last))

    assert bad_reasons(was) / len(was) > 0.5
    assert bad_reasons(is_) / bad_reasons(was) < 0.65
    assert abs((len(is_) - bad_reasons(is_)) / (len(was) - bad_reasons(was)) - 1) < 0.03


def test_recommendation_rises_far_beyond_chance(answers: list[Row], story: Story) -> None:
    (was, was_error), (is_, is_error) = (
        nps(scores(period(story.weeks).of(answers, "answered_at"), "NPS")) for period in (before, after)
    )

    assert is_ - was > 0.15
    assert (is_ - was) / (was_error**2 + is_error**2) ** 0.5 > 3


def test_the_club_is_left_by_half_as_many_after_the_redesign(story: Story) -> None:
    moves = [row for row in story.orders() if row["kind"] not in {"PURCHASE", "REFUND"}]
    was, is_ = (
        Counter(row["kind"] for row in period(story.weeks).of(moves, "ordered_at")) for period in (before, after)
    )

    assert was == {"RENEWAL": 79, "EXPANSION": 24, "CONTRACTION": 14, "CANCELLATION": 74}
    assert is_ == {"RENEWAL": 64, "EXPANSION": 20, "CONTRACTION": 7, "CANCELLATION": 28}
    assert len({row["customer"] for row in moves}) == 799


def test_service_was_good_before_and_after(contacts: list[Row], answers: list[Row], story: Story) -> None:
    for period in (before(story.weeks), after(story.weeks), last(story.weeks)):
        calls = [row for row in period.of(contacts, "opened_at") if row["answered"]]

        assert top_box(scores(period.of(answers, "answered_at"), "CSAT")) >= 0.85
        assert 0.70 <= first_contact_resolution(contacts, period) <= 0.77
        assert 0.05 <= abandonment(calls) <= 0.08
        assert 0.75 <= service_level(calls) <= 0.82


def test_dana_was_served_well_on_a_bad_journey(contacts: list[Row], answers: list[Row], story: Story) -> None:
    events = [row for row in story.touchpoint_events() if row["customer"] == "dana"]
    hers = {row["kind"]: row["score"] for row in answers if row["customer"] == "dana"}

    assert [row["outcome"] for row in events] == ["FRICTION", "FAILED", "FAILED", "FRICTION", "FAILED"]
    assert events[-1]["promise_kept"] == "false"
    assert hers == {"CSAT": "5", "CES_7": "2", "NPS": "3"}
    assert answers[-1]["external_id"] == "A-dana-nps"
    assert [row["resolved"] for row in contacts if row["customer"] == "dana"] == ["true"]


def _asking(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("kind", "survey", "customer", "sent_at", "answered_at"))


def _without_instants(row: Row) -> Row:
    return {name: value for name, value in row.items() if not name.endswith("_at")}


def _local(row: Row, plan: Plan) -> datetime:
    """Return the wall clock's time, which the shift by weeks keeps where the instant moves with the clocks."""
    zone = ZoneInfo(plan.time_zone)
    return datetime.fromisoformat(row["opened_at"]).astimezone(zone).replace(tzinfo=None)
