"""States of agents as they are stored: by imports in any order, by people, and by both at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction

from apps.interactions.imports import AGENT_STATES
from apps.interactions.models import Agent, AgentActivity, AgentState, AgentStateChange
from apps.interactions.work.agent_states import locked_agent, put_into
from cxplatform.dirty import marks
from cxplatform.dirty.models import DirtyMark
from cxplatform.errors import Conflict
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

NINE = datetime(2026, 3, 2, 14, tzinfo=UTC)
ROWS = [
    {"external_id": "1", "agent": "ann", "state": "AVAILABLE", "from_at": "2026-03-02T14:00:00Z"},
    {"external_id": "2", "agent": "ann", "state": "ON_CONTACT", "from_at": "2026-03-02T14:10:00Z"},
    {"external_id": "3", "agent": "ann", "state": "BREAK", "from_at": "2026-03-02T14:30:00Z",
     "to_at": "2026-03-02T15:00:00Z"},
    {"external_id": "4", "agent": "ann", "state": "OFFLINE", "from_at": "2026-03-02T16:00:00Z"},
]  # fmt: skip
STORED = [("AVAILABLE", 0, 10), ("ON_CONTACT", 10, 30), ("BREAK", 30, 60), ("OFFLINE", 120, None)]


def load(*rows: dict[str, Any]) -> list[str]:
    return [outcome.status.name for outcome in upsert(AGENT_STATES, rows, now=NINE)]


def stored(agent: str = "ann") -> list[tuple[str, float, float | None]]:
    """List an agent's intervals as minutes after nine."""
    return [
        (row.state, minutes(row.from_at), minutes(row.to_at) if row.to_at else None)
        for row in AgentState.objects.filter(agent__key=agent).order_by("from_at")
    ]


def minutes(moment: datetime) -> float:
    return (moment - NINE).total_seconds() / 60


def test_rows_one_by_one_in_any_order_and_twice_give_the_same_intervals(db: None, acme: BrandRef) -> None:
    for number, order in enumerate(permutations(ROWS)):
        agent = f"agent {number}"
        with brand_tx(acme):
            for row in (*order, order[0]):
                load({**row, "agent": agent, "external_id": f"{agent}-{row['external_id']}"})

            assert stored(agent) == STORED


def test_a_file_gives_what_its_rows_one_by_one_give(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        assert load(*ROWS) == ["ACCEPTED"] * 4
        assert stored() == STORED
        assert load(*ROWS) == ["DUPLICATE"] * 4
        assert stored() == STORED


def test_a_corrected_row_moves_what_it_bounds_and_keeps_the_ids_of_the_rest(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        load(*ROWS)
        ids = dict(AgentState.objects.values_list("state", "id"))

        load({**ROWS[1], "from_at": "2026-03-02T14:20:00Z"})

        assert stored() == [("AVAILABLE", 0, 20), ("ON_CONTACT", 20, 30), *STORED[2:]]
        kept = dict(AgentState.objects.values_list("state", "id"))
        assert {state for state in ids if kept[state] == ids[state]} == {"AVAILABLE", "BREAK", "OFFLINE"}


def test_a_row_that_moves_to_another_agent_leaves_the_first(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        load(*ROWS)

        load({**ROWS[1], "agent": "bob"})

        assert stored() == [("AVAILABLE", 0, 30), *STORED[2:]]
        assert stored("bob") == [("ON_CONTACT", 10, None)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"to_at": "2026-03-02T14:00:00Z"}, "to_at"), ({"state": "ASLEEP"}, "state"), ({"agent": ""}, "agent")],
)
def test_what_is_no_state_is_refused(db: None, acme: BrandRef, wrong: dict[str, str], field: str) -> None:
    with brand_tx(acme):
        (outcome,) = upsert(AGENT_STATES, [{**ROWS[0], **wrong}], now=NINE)

        assert [problem.field for problem in outcome.errors] == [field]
        assert AgentStateChange.objects.count() == AgentState.objects.count() == 0


def test_the_days_that_changed_are_marked(db: None, acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(marks._consumers, "agent_state", lambda brand_id: None)
    with brand_tx(acme):
        load(ROWS[0], {**ROWS[3], "from_at": "2026-03-05T14:00:00Z"})
        DirtyMark.objects.all().delete()

        load({**ROWS[1], "from_at": "2026-03-04T14:00:00Z"})

        assert {str(mark.day) for mark in DirtyMark.objects.all()} == {f"2026-03-0{day}" for day in (2, 3, 4, 5)}


def test_the_database_itself_lets_no_two_overlap(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        agent = Agent.objects.create(key="ann")
        AgentState.objects.create(agent=agent, state="BREAK", from_at=NINE)

        for length in (timedelta(minutes=1), None):
            later = NINE + timedelta(hours=1)
            with pytest.raises(IntegrityError, match="agent_state_one_at_a_time"), transaction.atomic():
                AgentState.objects.create(
                    agent=agent, state="OFFLINE", from_at=later, to_at=None if length is None else later + length
                )


def test_who_asked_first_and_came_last_follows_and_what_lies_ahead_is_not_passed(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        agent = Agent.objects.create(key="ann")
        put_into(agent, AgentActivity.AVAILABLE, NINE)
        put_into(agent, AgentActivity.BREAK, NINE - timedelta(seconds=1))

        last = AgentState.objects.get(to_at__isnull=True)
        assert (last.state, last.from_at) == ("BREAK", NINE + timedelta(microseconds=1))
        with pytest.raises(Conflict):
            put_into(agent, AgentActivity.OFFLINE, NINE - timedelta(minutes=2))


def test_many_at_once_leave_one_state_after_another(committed: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        agent = Agent.objects.create(key="ann")
    states = [*AgentActivity] * 4

    def put(number: int) -> None:
        moment = NINE + timedelta(seconds=number)
        try:
            with brand_tx(acme):
                if number % 2:
                    load({"agent": "ann", "external_id": str(number), "state": states[number], "from_at": moment})
                else:
                    put_into(locked_agent(agent.id), states[number], moment)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, range(20)))

    with brand_tx(acme):
        rows = list(AgentState.objects.order_by("from_at"))
        assert AgentStateChange.objects.count() == len(rows) == 20
        assert [row.to_at for row in rows] == [*(row.from_at for row in rows[1:]), None]
