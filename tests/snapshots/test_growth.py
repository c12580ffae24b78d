"""Mutations that are given much send as many statements as those that are given little."""

from collections.abc import Callable
from typing import Any

import pytest

from apps.accounts.permissions import Role
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.doors import brand_tx
from tests import cluster
from tests.graphql.conftest import Asker
from tests.interactions.cases import stored
from tests.journeys import mapped
from tests.snapshots.conftest import Member
from tests.snapshots.counting import Counting
from tests.surveys import authored

LITTLE, MUCH = 2, 12
_CREATE = "mutation($input: CreateCalendarInput!) { createCalendar(input: $input) { calendar { id } } }"


def rates(many: int, admin: Asker) -> dict[str, Any]:
    days = range(1, many + 1)
    return {"rates": [{"currency": "CHF", "effectiveFrom": f"2026-03-{day:02}T00:00:00Z", "rate": day} for day in days]}


def calendar(many: int, admin: Asker) -> dict[str, Any]:
    """Revise a calendar that is open so often a week, so with as many openings for every week of thirteen years."""
    begins = [(day % 7 + 1, 9 + 2 * (day // 7)) for day in range(many)]
    hours = [{"weekday": day, "opens": f"{hour:02}:00", "closes": f"{hour + 1:02}:00"} for day, hour in begins]
    written = {"timeZone": "UTC", "hours": hours, "holidays": [], "specialDays": []}
    made = admin.data(_CREATE, {"input": {"key": "office", **written}})["createCalendar"]["calendar"]["id"]
    return {"id": made, "effectiveFrom": "2026-03-02T00:00:00Z", **written}


def journey_copied(many: int, admin: Asker) -> dict[str, Any]:
    mapped.department(admin)
    made = mapped.journey(admin)
    mapped.published(admin, made, stages(many))
    return {"journey": made}


def journey_written(many: int, admin: Asker) -> dict[str, Any]:
    mapped.department(admin)
    return {"id": mapped.draft(admin, mapped.journey(admin), stages(LITTLE)), "stages": stages(many)}


def stages(many: int) -> list[dict[str, Any]]:
    return [mapped.stage("PURCHASE", mapped.at(f"touchpoint {place}"), key=f"stage {place}") for place in range(many)]


def questions(many: int, admin: Asker) -> dict[str, Any]:
    asked = [authored.question(f"q{place}", "TEXT") for place in range(many)]
    return {"id": authored.made_id("form", admin), "questions": asked}


def tree(many: int, admin: Asker) -> dict[str, Any]:
    return {"tree": {"intents": {"flows": [f"flow_{place}" for place in range(many)]}}}


def contacts(many: int, admin: Asker) -> dict[str, Any]:
    """Split all contacts of a case off but the first."""
    with brand_tx(cluster.ACME):
        made = [stored.contact(str(place), place / 10) for place in range(many + 1)]
        stored.join_all()
        off = [global_id("Interaction", each.pk) for each in made[1:]]
        return {"case": global_id("Case", stored.case_of(made[0])), "interactions": off}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("recordExchangeRates", rates),
        ("reviseCalendar", calendar),
        ("draftJourneyVersion", journey_copied),
        ("editJourneyDraft", journey_written),
        ("editSurveyDraft", questions),
        ("loadReasonTree", tree),
        ("splitCase", contacts),
    ],
)
def test_a_mutation_given_much_sends_no_more(
    member: Member, name: str, given: Callable[[int, Asker], dict[str, Any]]
) -> None:
    counting, kind = Counting(), f"{name[0].upper()}{name[1:]}Input!"
    document = f"mutation ($input: {kind}) {{ {name}(input: $input) {{ userErrors {{ code field message }} }} }}"

    for many in (LITTLE, MUCH):
        admin = member(Role.BRAND_ADMIN)
        counting.ask(str(many), admin, document, {"input": given(many, admin)})
        cluster.empty_tables()

    assert counting.refused == {}
    assert counting.counted[str(MUCH)] == counting.counted[str(LITTLE)]
