"""Events stored: late, early, twice, of rows imported before or after; and what the interactions' columns become."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from apps.interactions.commands import NewEvent, append_events
from apps.interactions.imports import INTERACTION_EVENTS, INTERACTIONS
from apps.interactions.models import Agent, Interaction, InteractionEvent, SlaMark
from apps.interactions.timing.events import EventKind
from cxplatform.dirty.models import DirtyMark
from cxplatform.imports.kinds import Kind
from cxplatform.imports.outcomes import RowOutcome
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
CALL = {"external_id": "c1", "channel": "PHONE", "opened_at": "2026-03-02T09:00:00Z"}


def event(external_id: str, kind: str, time: str, **more: Any) -> dict[str, Any]:
    told = {"external_id": external_id, "interaction": "c1", "kind": kind, "at": f"2026-03-02T{time}Z"}
    return {key: value for key, value in (told | more).items() if value is not None}


STREAM = [
    event("e1", "QUEUED", "09:00:05", queue="sales"),
    event("e2", "ANSWERED", "09:00:25", agent="ana"),
    event("e3", "HELD", "09:01:25"),
    event("e4", "RESUMED", "09:01:55"),
    event("e5", "ENDED", "09:02:25", agent="ana"),
    event("e6", "WRAPPED_UP", "09:03:05", agent="ana"),
    event("e7", "RESOLVED", "09:03:05", resolution="refunded", reason="Billing/Refund"),
]


def load(brand: BrandRef, kind: Kind, *rows: dict[str, Any]) -> list[RowOutcome]:
    with brand_tx(brand):
        return upsert(kind, list(rows), now=NOW)


def statuses(outcomes: list[RowOutcome]) -> list[str]:
    return [outcome.status.value for outcome in outcomes]


def stored(brand: BrandRef, external_id: str = "c1") -> dict[str, Any]:
    """Return an interaction's columns, but for ids and times of its record."""
    with brand_tx(brand):
        row = Interaction.objects.filter(external_id=external_id).values(
            "agent__key", "queue__key", "reason__path", "wait_seconds", "answered", "abandoned", "talk_seconds",
            "hold_seconds", "after_call_seconds", "transfers", "blind_transfers", "consult_transfers", "handled_by",
            "resolved", "resolved_at", "first_resolved_at", "closed_at", "reopened_at", "first_response_at",
            "first_human_response_at", "human_replies", "bot_handed_off_at", "priority", "timing_source", "subject",
            "as_imported",
        ).get()  # fmt: skip
        if row["as_imported"] is not None:
            row["as_imported"] = {name: value for name, value in row["as_imported"].items() if not name.endswith("_id")}
        return dict(row)


TOLD = {
    "agent__key": "ana", "queue__key": "sales", "reason__path": "Billing/Refund", "wait_seconds": 20, "answered": True,
    "talk_seconds": 90, "hold_seconds": 30, "after_call_seconds": 40, "blind_transfers": 0, "consult_transfers": 0,
    "resolved": True, "resolved_at": datetime(2026, 3, 2, 9, 3, 5, tzinfo=UTC), "timing_source": "EVENTS",
}  # fmt: skip


def test_events_tell_an_interactions_durations(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL)

    outcomes = load(acme, INTERACTION_EVENTS, *STREAM)

    assert statuses(outcomes) == ["ACCEPTED"] * 7
    assert stored(acme).items() >= TOLD.items()


def test_an_interaction_without_events_stands_as_its_row_says(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL | {"talk_seconds": 70, "wait_seconds": 3})

    row = stored(acme)

    assert (row["talk_seconds"], row["wait_seconds"], row["timing_source"], row["as_imported"]) == (
        70,
        3,
        "IMPORTED",
        None,
    )


def test_events_may_come_before_their_interaction(acme: BrandRef) -> None:
    early = load(acme, INTERACTION_EVENTS, *STREAM)
    load(acme, INTERACTIONS, CALL | {"talk_seconds": 1, "agent": "somebody"})
    before = stored(acme)

    with brand_tx(acme):
        InteractionEvent.objects.all().delete()
        Interaction.objects.all().delete()
    load(acme, INTERACTIONS, CALL | {"talk_seconds": 1, "agent": "somebody"})
    load(acme, INTERACTION_EVENTS, *STREAM)

    assert statuses(early) == ["ACCEPTED"] * 7
    assert before == stored(acme)
    assert before.items() >= TOLD.items()


def test_the_same_event_again_is_a_duplicate_and_another_under_its_name_is_rejected(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL)
    load(acme, INTERACTION_EVENTS, *STREAM)
    before = stored(acme)

    again = load(acme, INTERACTION_EVENTS, *STREAM, STREAM[1] | {"version": 9}, STREAM[1] | {"agent": "ben"})

    assert statuses(again) == ["DUPLICATE"] * 8 + ["REJECTED"]
    assert [(problem.field, problem.code.value) for problem in again[-1].errors] == [("external_id", "CONFLICT")]
    assert stored(acme) == before


def test_an_event_without_a_name_is_known_by_what_it_says(acme: BrandRef) -> None:
    nameless = [{name: value for name, value in told.items() if name != "external_id"} for told in STREAM]
    load(acme, INTERACTIONS, CALL)

    first, again = load(acme, INTERACTION_EVENTS, *nameless), load(acme, INTERACTION_EVENTS, *nameless)

    assert (statuses(first), statuses(again)) == (["ACCEPTED"] * 7, ["DUPLICATE"] * 7)
    assert stored(acme).items() >= TOLD.items()


def test_importing_the_row_again_overwrites_nothing_that_events_tell_and_loses_nothing_else(acme: BrandRef) -> None:
    row = CALL | {"talk_seconds": 70, "wait_seconds": 3, "agent": "somebody", "subject": "Refund"}
    load(acme, INTERACTIONS, row)
    load(acme, INTERACTION_EVENTS, *STREAM)

    same = load(acme, INTERACTIONS, row)
    other = load(acme, INTERACTIONS, row | {"talk_seconds": 80, "subject": "Refund please", "abandoned": False})

    assert statuses(same + other) == ["DUPLICATE", "UPDATED"]
    assert dict(other[0].before or {})["talk_seconds"] == 70
    assert stored(acme).items() >= (TOLD | {"subject": "Refund please"}).items()
    assert stored(acme)["as_imported"]["talk_seconds"] == 80


def test_a_row_that_says_later_when_it_opened_is_told_anew(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL)
    load(acme, INTERACTION_EVENTS, STREAM[1], STREAM[4])

    load(acme, INTERACTIONS, CALL | {"opened_at": "2026-03-02T09:00:35Z"})

    assert (stored(acme)["wait_seconds"], stored(acme)["talk_seconds"]) == (0, 110)


def test_the_days_of_what_events_change_are_counted_anew_and_no_others(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL, CALL | {"external_id": "c2", "opened_at": "2026-03-05T09:00:00Z"})
    with brand_tx(acme):
        DirtyMark.objects.all().delete()
        SlaMark.objects.all().delete()

    load(acme, INTERACTION_EVENTS, STREAM[0] | {"at": "2026-03-04T09:00:00Z"})
    load(acme, INTERACTION_EVENTS, STREAM[0] | {"at": "2026-03-04T09:00:00Z"}, event("x", "HELD", "09:00:00"))

    with brand_tx(acme):
        assert set(DirtyMark.objects.values_list("topic", "day")) == {
            ("interaction", date(2026, 3, 2)),
            ("interaction_moves", date(2026, 3, 2)),
        }
        assert set(SlaMark.objects.values_list("interaction_id", flat=True)) == {
            Interaction.objects.get(external_id=CALL["external_id"]).id
        }


def test_the_days_on_which_it_was_resolved_before_and_after_are_counted_anew(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL | {"resolved_at": "2026-03-03T09:00:00Z"})
    load(acme, INTERACTION_EVENTS, STREAM[0], STREAM[6] | {"at": "2026-03-04T09:00:00Z"})
    with brand_tx(acme):
        DirtyMark.objects.all().delete()

    load(acme, INTERACTION_EVENTS, event("e8", "REOPENED", "10:00:00", at="2026-03-05T09:00:00Z"))
    load(acme, INTERACTIONS, CALL | {"resolved_at": "2026-03-01T09:00:00Z", "opened_at": "2026-02-28T09:00:00Z"})

    with brand_tx(acme):
        marked = set(DirtyMark.objects.filter(topic="interaction_moves").values_list("day", flat=True))
    assert marked >= {date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 4), date(2026, 3, 5)}


def test_what_works_here_appends_events_by_the_same_way(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL)
    with brand_tx(acme):
        ana = Agent.objects.create(key="ana")
        opened = datetime(2026, 3, 2, 9, tzinfo=UTC)
        new = NewEvent(interaction=("import", "c1"), kind=EventKind.ANSWERED, at=opened, agent_id=ana.id)

        (refolded,) = append_events([new], now=NOW)

        assert (refolded.key, refolded.standing.state, refolded.standing.agent) == (("import", "c1"), "ACTIVE", ana.id)
        assert [event.kind for event in refolded.events] == ["ANSWERED"]
    assert (stored(acme)["answered"], stored(acme)["agent__key"]) == (True, "ana")


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"kind": "SANG"}, "kind", "UNKNOWN_VALUE"),
        ({"interaction": ""}, "interaction", "REQUIRED"),
        ({"kind": "PRIORITISED"}, "priority", "REQUIRED"),
        ({"kind": "SNOOZED", "until": "2026-03-01T09:00:00Z"}, "until", "OUT_OF_RANGE"),
        ({"priority": "WHATEVER"}, "priority", "UNKNOWN_VALUE"),
        ({"at": "yesterday"}, "at", "INVALID_DATE"),
    ],
)
def test_an_event_that_says_nothing_sensible_is_rejected(
    acme: BrandRef, given: dict[str, Any], field: str, code: str
) -> None:
    (outcome,) = load(acme, INTERACTION_EVENTS, event("e1", "QUEUED", "09:00:05") | given)

    assert [(problem.field, problem.code.value) for problem in outcome.errors] == [(field, code)]
    with brand_tx(acme):
        assert not InteractionEvent.objects.exists()


def test_two_brands_with_equal_names_keep_their_events_apart(acme: BrandRef, globex: BrandRef) -> None:
    for brand in (acme, globex):
        load(brand, INTERACTIONS, CALL)

    load(acme, INTERACTION_EVENTS, *STREAM)

    assert (stored(acme)["timing_source"], stored(globex)["timing_source"]) == ("EVENTS", "IMPORTED")
