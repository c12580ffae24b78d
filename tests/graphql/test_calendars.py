"""Calendars through the API: made, revised, retired, asked."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from apps.accounts.permissions import Role
from apps.interactions.models import Calendar, CalendarVersion
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.isolation.api import world

CREATE = """mutation($input: CreateCalendarInput!) { createCalendar(input: $input) {
  calendar { id key name retiredAt versions { nodes { number effectiveFrom timeZone hours { weekday opens closes }
    holidays specialDays { day hours { opens closes } } } } }
  userErrors { code field message } } }"""
REVISE = """mutation($input: ReviseCalendarInput!) { reviseCalendar(input: $input) {
  version { number effectiveFrom } calendar { versions { nodes { number } } } userErrors { code field } } }"""
RETIRE = """mutation($input: RetireCalendarInput!) { retireCalendar(input: $input) {
  calendar { key retiredAt } userErrors { code field } } }"""
HOURS = {
    "timeZone": "America/New_York",
    "hours": [{"weekday": weekday, "opens": "09:00", "closes": "17:00"} for weekday in range(1, 6)],
    "holidays": ["US"],
    "specialDays": [{"day": "2026-12-24", "hours": [{"opens": "09:00", "closes": "12:00"}]}],
}
LONGER = {**HOURS, "hours": [{"weekday": weekday, "opens": "08:00", "closes": "20:00"} for weekday in range(1, 6)]}


def make(asker: Asker, key: str = "office", **given: Any) -> str:
    made = asker.data(CREATE, {"input": {"key": key, **HOURS, **given}})["createCalendar"]
    assert made["userErrors"] == []
    identity: str = made["calendar"]["id"]
    return identity


def revise(asker: Asker, identity: str, effective_from: str, **given: Any) -> Any:
    answer = asker.data(REVISE, {"input": {"id": identity, "effectiveFrom": effective_from, **LONGER, **given}})
    return answer["reviseCalendar"]


def ask(asker: Asker, identity: str, questions: str) -> Any:
    return asker.data(f"query($id: ID!) {{ calendar(id: $id) {{ {questions} }} }}", {"id": identity})["calendar"]


def stored(brand: BrandRef) -> tuple[int, int]:
    with brand_tx(brand):
        return Calendar.objects.count(), CalendarVersion.objects.count()


def test_a_calendar_says_what_it_was_told(admin: Asker) -> None:
    made = admin.data(CREATE, {"input": {"key": " office ", "name": "Head office", **HOURS}})["createCalendar"]

    calendar = made["calendar"]
    assert (calendar["key"], calendar["name"], calendar["retiredAt"]) == ("office", "Head office", None)
    assert calendar["versions"]["nodes"] == [{"number": 1, "effectiveFrom": "1900-01-01T00:00:00+00:00", **HOURS}]


def test_calendars_are_listed_by_key_and_found_by_it(admin: Asker) -> None:
    for key in ("nights", "chat", "office"):
        make(admin, key)

    listed = admin.data('{ calendars { nodes { key } } some: calendars(where: {key: {eq: "chat"}}) { totalCount } }')

    assert [node["key"] for node in listed["calendars"]["nodes"]] == ["chat", "nights", "office"]
    assert listed["some"]["totalCount"] == 1


def test_a_calendar_answers_when_it_is_open(admin: Asker) -> None:
    office = make(admin)

    answers = ask(
        admin,
        office,
        """monday: isOpen(at: "2026-03-02T10:00:00-05:00") evening: isOpen(at: "2026-03-02T17:00:00-05:00")
        weekend: nextOpening(after: "2026-03-07T10:00:00-05:00") now: nextOpening(after: "2026-03-02T10:00:00-05:00")
        week: openSeconds(from: "2026-03-02T00:00:00-05:00", to: "2026-03-09T00:00:00-04:00")
        due: deadline(from: "2026-03-06T16:00:00-05:00", seconds: 7200)""",
    )

    assert answers == {
        "monday": True,
        "evening": False,
        "weekend": "2026-03-09T13:00:00+00:00",  # summer time began that Sunday
        "now": "2026-03-02T15:00:00+00:00",
        "week": 40 * 3600.0,
        "due": "2026-03-09T14:00:00+00:00",
    }


def test_a_page_of_calendars_answers_with_one_more_statement(admin: Asker) -> None:
    for key in ("chat", "nights", "office"):
        make(admin, key)

    statements = []
    for page in ("{ calendars { nodes { key } } }", "{ calendars { nodes { key isOpen nextOpening } } }"):
        with CaptureQueriesContext(connections["default"]) as captured:
            admin.data(page)
        statements.append(len(captured))

    assert statements[1] == statements[0] + 1


def test_a_revision_counts_from_its_instant_on_and_what_was_counted_before_stays(admin: Asker) -> None:
    office = make(admin)
    seconds = 'openSeconds(from: "2026-03-02T00:00:00-05:00", to: "2026-03-04T00:00:00-05:00")'

    revised = revise(admin, office, "2026-03-03T00:00:00-05:00")

    assert revised["version"] == {"number": 2, "effectiveFrom": "2026-03-03T05:00:00+00:00"}
    assert revised["calendar"]["versions"]["nodes"] == [{"number": 2}, {"number": 1}]
    assert ask(admin, office, seconds)["openSeconds"] == (8 + 12) * 3600.0


def test_a_version_from_the_same_instant_takes_the_others_place_and_both_are_kept(admin: Asker) -> None:
    office = make(admin)

    revise(admin, office, "1900-01-01T00:00:00Z")

    monday = 'openSeconds(from: "2026-03-02T00:00:00-05:00", to: "2026-03-03T00:00:00-05:00") versions { totalCount }'
    assert ask(admin, office, monday) == {"openSeconds": 12 * 3600.0, "versions": {"totalCount": 2}}


def test_versions_may_be_added_in_any_order(admin: Asker) -> None:
    office = make(admin)

    revise(admin, office, "2026-03-04T00:00:00-05:00", hours=[{"weekday": 3, "opens": "10:00", "closes": "11:00"}])
    revise(admin, office, "2026-03-03T00:00:00-05:00")

    days = {"a": "02T00:00:00-05:00", "b": "03T00:00:00-05:00", "c": "04T00:00:00-05:00", "d": "05T00:00:00-05:00"}
    parts = " ".join(
        f'{one}: openSeconds(from: "2026-03-{days[one]}", to: "2026-03-{days[other]}")'
        for one, other in ("ab", "bc", "cd")
    )
    assert ask(admin, office, parts) == {"a": 8 * 3600.0, "b": 12 * 3600.0, "c": 3600.0}


def test_a_retired_calendar_answers_on_and_takes_no_revision(admin: Asker, acme: BrandRef) -> None:
    office = make(admin)
    retired = admin.data(RETIRE, {"input": {"id": office}})["retireCalendar"]["calendar"]
    again = admin.data(RETIRE, {"input": {"id": office}})["retireCalendar"]["calendar"]

    refused = revise(admin, office, "2026-03-03T00:00:00-05:00")

    assert retired["retiredAt"] is not None
    assert again == retired
    assert refused == {"version": None, "calendar": None, "userErrors": [{"code": "CONFLICT", "field": "id"}]}
    assert stored(acme) == (1, 1)
    assert ask(admin, office, 'isOpen(at: "2026-03-02T10:00:00-05:00")') == {"isOpen": True}


def test_a_key_is_no_other_calendars(admin: Asker, acme: BrandRef) -> None:
    make(admin)

    answer = admin.data(CREATE, {"input": {"key": "office", **HOURS}})["createCalendar"]

    assert [(error["code"], error["field"]) for error in answer["userErrors"]] == [("CONFLICT", "key")]
    assert stored(acme) == (1, 1)


REFUSED = {
    "no key": ({"key": " "}, "key"),
    "a long name": ({"name": "x" * 201}, "name"),
    "no zone": ({"timeZone": "Mars/Olympus"}, "timeZone"),
    "no time": ({"hours": [{"weekday": 1, "opens": "nine", "closes": "17:00"}]}, "hours.0.opens"),
    "no region": ({"holidays": ["US", "ZZ"]}, "holidays.1"),
    "a day twice": ({"specialDays": [{"day": "2026-12-24", "hours": []}] * 2}, "specialDays.1.day"),
}


@pytest.mark.parametrize(("given", "field"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_calendar_is_refused_by_the_field_at_fault(
    admin: Asker, acme: BrandRef, given: dict[str, Any], field: str
) -> None:
    answer = admin.data(CREATE, {"input": {"key": "office", **HOURS, **given}})["createCalendar"]

    assert answer["calendar"] is None
    assert [(error["code"], error["field"]) for error in answer["userErrors"]] == [("BAD_USER_INPUT", field)]
    assert stored(acme) == (0, 0)


def test_a_revision_is_refused_by_the_field_at_fault(admin: Asker, acme: BrandRef) -> None:
    office = make(admin)

    early = revise(admin, office, "1900-01-01T00:00:00+14:00")
    nowhere = revise(admin, office, "2026-03-03T00:00:00Z", timeZone="Mars/Olympus")

    assert early["userErrors"] == [{"code": "BAD_USER_INPUT", "field": "effectiveFrom"}]
    assert nowhere["userErrors"] == [{"code": "BAD_USER_INPUT", "field": "timeZone"}]
    assert stored(acme) == (1, 1)


@pytest.mark.parametrize(
    "question",
    [
        'openSeconds(from: "2026-03-02T00:00:00Z", to: "2026-03-01T00:00:00Z")',
        'openSeconds(from: "2026-03-02T00:00:00Z", to: "2027-03-04T00:00:00Z")',
        'deadline(from: "2026-03-02T00:00:00Z", seconds: -1)',
        'deadline(from: "2026-03-02T00:00:00Z", seconds: 31622401)',
    ],
)
def test_a_question_out_of_bounds_is_refused_and_costs_no_other(admin: Asker, question: str) -> None:
    office = make(admin)

    answer = admin.ask(f"query($id: ID!) {{ calendar(id: $id) {{ key {question} }} }}", {"id": office})

    assert codes(answer) == ["BAD_USER_INPUT"]
    assert answer["data"]["calendar"]["key"] == "office"


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_whoever_does_not_configure_reads_calendars_and_changes_none(
    asker: MakeAsker, admin: Asker, acme: BrandRef, role: Role
) -> None:
    office, reader = make(admin), asker(role)
    attempts = [
        (CREATE, {"key": "mine", **HOURS}),
        (REVISE, {"id": office, "effectiveFrom": "2026-03-03T00:00:00Z", **LONGER}),
        (RETIRE, {"id": office}),
    ]

    refusals = [codes(reader.ask(mutation, {"input": given})) for mutation, given in attempts]

    assert ask(reader, office, "key retiredAt") == {"key": "office", "retiredAt": None}
    assert refusals == [["FORBIDDEN"]] * 3
    assert stored(acme) == (1, 1)


def test_another_kinds_id_is_no_calendar(admin: Asker) -> None:
    version = ask(admin, make(admin), "versions { nodes { id } }")["versions"]["nodes"][0]["id"]

    answer = admin.ask("query($id: ID!) { calendar(id: $id) { key } }", {"id": version})

    assert codes(answer) == ["NOT_FOUND"]
    assert answer["data"] == {"calendar": None}


def test_a_repeated_key_makes_one_calendar_and_answers_alike(admin: Asker, acme: BrandRef) -> None:
    once = {"idempotency-key": "calendar-1"}
    given = {"input": {"key": "office", **HOURS}}

    first, second = (admin.bytes_of(CREATE, given, **once) for _ in range(2))

    assert first == second
    assert stored(acme) == (1, 1)


def test_who_revise_at_once_number_their_versions_apart(committed: None, acme: BrandRef) -> None:
    admin = Asker(world.person(Role.BRAND_ADMIN, acme).token)
    office = make(admin)

    def revise_on(day: int) -> int:
        try:
            number: int = revise(admin, office, f"2026-03-0{day}T00:00:00Z")["version"]["number"]
            return number
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        numbers = list(pool.map(revise_on, range(1, 5)))

    assert sorted(numbers) == [2, 3, 4, 5]
