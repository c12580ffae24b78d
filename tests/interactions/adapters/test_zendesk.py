"""Zendesk: real tables, and the documents of its incremental API."""

import json
from pathlib import Path
from typing import Any

import pytest

from cxplatform.tenancy.brand import BrandRef
from tests.interactions.adapters.exports import REAL, adapted, with_real_exports

pytestmark = pytest.mark.django_db

USERS = [
    {"id": 1, "role": "end-user", "name": "Ada", "email": "ada@example.com", "locale": "en-GB"},
    {"id": 9, "role": "agent", "name": "Al"},
]
TICKET = {
    "id": 15,
    "status": "closed",
    "created_at": "2021-03-01T09:00:00Z",
    "updated_at": "2021-03-09T09:00:00Z",
    "via": {"channel": "email"},
    "requester_id": 1,
    "assignee_id": 9,
    "group_id": 7,
    "priority": "high",
    "subject": "Where is it?",
}


def page(folder: Path, name: str, **arrays: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps({**arrays, "count": 1, "end_of_stream": True}))
    return path


def update(number: int, at: str, *children: dict[str, Any], updater: int = 9) -> dict[str, Any]:
    events = [{"id": 100 * number + place, "event_type": "Change", **child} for place, child in enumerate(children)]
    return {"id": number, "ticket_id": 15, "created_at": at, "updater_id": updater, "child_events": events}


@with_real_exports
def test_the_real_tickets_customers_and_what_of_them_could_not_be_mapped(acme: BrandRef) -> None:
    made = adapted(acme, "zendesk", REAL / "zendesk")

    assert made.counts == {"customers": 9, "interactions": 8, "interaction-events": 13}
    assert made.rows("interactions", "channel").count("EMAIL") == 7
    assert made.row("interactions", "6605")["channel"] == "CHAT"
    assert made.row("interactions", "11071") == {
        "source": "zendesk",
        "external_id": "11071",
        "version": 1605438087000,
        "channel": "EMAIL",
        "opened_at": "2020-08-28T18:06:36+00:00",
        "customer": "2222",
        "queue": "360006965034",
        "agent": "1111",
        "priority": "NORMAL",
        "subject": "subject1",
        "text": "Ticket to test field history changes",
        "resolved": True,
        "resolved_at": "2020-11-14T11:01:27+00:00",
        "reopened_at": None,
        "closed_at": "2020-11-15T11:01:27+00:00",
    }
    priorities = made.rows("interaction-events", "kind", "priority")
    assert [priority for kind, priority in priorities if kind == "PRIORITISED"] == ["NORMAL", "HIGH", "URGENT"]
    assert made.lost == [
        "ticket_field_history.field_name: 'assignee_id' is no field whose changes are taken: left out x2",
        "ticket_field_history.field_name: 'requester_id' is no field whose changes are taken: left out x1",
        "ticket.status: is deleted: the ticket is left out x2",
        "ticket.status: 'solved' has no history that tells since when x1",
        "ticket.group_id: '360013366274' is not among the groups of the export: its id stands for its name x1",
        "ticket.status: 'closed' has no history that tells since when x6",
        "ticket.group_id: '360006965034' is not among the groups of the export: its id stands for its name x7",
        "ticket_field_history.value: 'on-hold' waits for a third party, of which we know no event: goes on as open x3",
        "ticket_field_history.value: 'medium' is no priority known here: left out x1",
        "ticket_field_history.ticket_id: is not in the export: left out x18",
        "ticket_comment.ticket_id: is not in the export: left out x20",
    ]
    assert len(made.report.unread_files) == 20


def test_the_incremental_api_tells_resolution_reopening_closing_and_the_first_reply(
    acme: BrandRef, tmp_path: Path
) -> None:
    comment = {"event_type": "Comment", "comment_public": True}
    events = [
        update(5, "2021-03-05T09:00:00Z", {"status": "solved", "previous_value": "open"}),
        update(1, "2021-03-01T09:00:00Z", {"event_type": "Create", "status": "new"}, comment, updater=1),
        update(2, "2021-03-01T09:30:00Z", {**comment, "comment_public": False}),
        update(3, "2021-03-01T10:00:00Z", comment, {"status": "solved", "previous_value": "new"}),
        update(4, "2021-03-03T09:00:00Z", {"status": "open", "previous_value": "solved"}, comment, updater=1),
        update(6, "2021-03-09T09:00:00Z", {"status": "closed"}, {"event_type": "Notification"}),
    ]
    files = [
        page(tmp_path, "tickets-1.json", tickets=[TICKET]),
        page(tmp_path, "events-1.json", ticket_events=events[:3]),
        page(tmp_path, "events-2.json", ticket_events=events[3:]),
        page(tmp_path, "who.json", users=USERS, groups=[{"id": 7, "name": "Delivery"}]),
    ]

    made = adapted(acme, "zendesk", *files)

    row = made.row("interactions", "15")
    assert row["first_response_at"] == "2021-03-01T10:00:00+00:00"
    assert (row["resolved"], row["resolved_at"]) == (True, "2021-03-05T09:00:00+00:00")
    assert row["reopened_at"] == ["2021-03-03T09:00:00+00:00"]
    assert row["closed_at"] == "2021-03-09T09:00:00+00:00"
    assert (row["queue"], row["agent"], row["customer"], row["priority"]) == ("Delivery", "9", "1", "HIGH")
    assert made.rows("customers", "external_id", "name", "language") == [("1", "Ada", "en-GB")]
    assert made.lost == ["ticket_event.child_events: Notification is no event that is taken: left out x1"]


def test_a_ticket_opened_by_an_agent_has_its_first_reply_after_the_opening(acme: BrandRef, tmp_path: Path) -> None:
    comment = {"event_type": "Comment", "comment_public": True}
    events = [update(1, "2021-03-01T09:00:00Z", comment), update(2, "2021-03-01T11:00:00Z", comment)]

    made = adapted(acme, "zendesk", page(tmp_path, "all.json", tickets=[TICKET], ticket_events=events, users=USERS))

    assert made.row("interactions", "15")["first_response_at"] == "2021-03-01T11:00:00+00:00"


def test_ratings_are_answers_good_at_the_top_of_the_scale_and_bad_at_its_bottom(acme: BrandRef, tmp_path: Path) -> None:
    told = {"ticket_id": 15, "requester_id": 1, "created_at": "2021-03-10T09:00:00Z"}
    scores = ["good", "bad_with_comment", "offered", "superb"]
    ratings = [{"id": number, "score": score, **told} for number, score in enumerate(scores)]

    made = adapted(acme, "zendesk", page(tmp_path, "ratings.json", satisfaction_ratings=ratings))

    assert made.rows("survey-responses", "external_id", "kind", "score", "interaction", "customer") == [
        ("0", "CSAT", "5", "15", "1"),
        ("1", "CSAT", "1", "15", "1"),
    ]
    assert made.lost == [
        "satisfaction_rating.score: 'offered' is no answer: left out x1",
        "satisfaction_rating.score: 'superb' is not known here x1",
        "survey-responses.score: must be given: the row is left out x1",
    ]


def test_a_way_in_that_we_do_not_know_is_left_out_or_what_the_operator_says(acme: BrandRef, tmp_path: Path) -> None:
    file = page(tmp_path, "tickets.json", tickets=[{**TICKET, "via": {"channel": "pigeon"}}])

    assert adapted(acme, "zendesk", file).counts == {}
    told = adapted(acme, "zendesk", file, channel="SOCIAL")
    assert told.rows("interactions", "channel") == ["SOCIAL"]
    assert "ticket.via_channel: 'pigeon' is not known here: taken as SOCIAL x1" in told.lost


def test_a_run_of_tickets_alone_says_nothing_of_what_histories_told_before(acme: BrandRef, tmp_path: Path) -> None:
    row = adapted(acme, "zendesk", page(tmp_path, "tickets.json", tickets=[TICKET])).row("interactions", "15")

    assert row.keys().isdisjoint({"first_response_at", "resolved_at", "closed_at", "reopened_at"})
