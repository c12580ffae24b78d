"""Intercom: the tables of conversations, their parts, contacts, teams."""

from collections.abc import Iterator
from typing import Any, Final

from apps.interactions.adapters.adapter import Adapter, Made
from apps.interactions.adapters.export import Export
from apps.interactions.adapters.happened import made_with_events
from apps.interactions.adapters.intercom import tables
from apps.interactions.adapters.intercom.reading import CONVERSATIONS, PARTS, keep_conversation, keep_part
from apps.interactions.adapters.intercom.telling import events_of, first_replies, messages
from apps.interactions.adapters.moments import version_of
from apps.interactions.adapters.outcomes import outcome
from apps.interactions.adapters.record import Record

_CLOSED: Final = "closed"


def adapt(export: Export) -> Iterator[Made]:
    """Make customers of contacts; then, when all is read, interactions of conversations, and answers of ratings."""
    for contact in export.records(tables.CONTACTS):
        yield _customer(contact)
    _keep(export)
    for key in export.shelf.keys(CONVERSATIONS):
        states = list(export.shelf.all(CONVERSATIONS, key))
        yield from _contact(export, key, states)
        yield from _answer(key, states[-1])
    for key in export.shelf.keys(PARTS):
        if export.shelf.first(CONVERSATIONS, key) is None:
            for part in export.shelf.all(PARTS, key):
                export.report.lose(
                    tables.PARTS.name, "conversation_id", "is not in the export: left out", part["place"]
                )


def _keep(export: Export) -> None:
    for team in export.records(tables.TEAMS):
        export.shelf.put("team", team.text("id") or "", {"name": team.text("name", most=100)})
    for member in export.records(tables.MEMBERS):
        export.shelf.put("member", member.text("admin_id") or "", {"team": member.text("team_id")})
    for person in export.records(tables.PEOPLE):
        export.shelf.put("person", person.text("conversation_id") or "", {"contact": person.text("contact_id")})
    for conversation in export.records(tables.CONVERSATIONS):
        keep_conversation(export, conversation)
    for part in export.records(tables.PARTS):
        keep_part(export, part)


def _customer(contact: Record) -> Made:
    values = {
        "external_id": contact.text("id"),
        "version": version_of(contact.moment("updated_at")),
        "name": contact.text("name", most=200),
        "email": contact.text("email"),
        "phone": contact.text("phone"),
        "language": contact.text("language_override", "browser_language"),
        "joined_at": contact.moment("signed_up_at", "created_at"),
    }
    return Made("customers", values, contact.place)


def _contact(export: Export, key: str, states: list[dict[str, Any]]) -> Iterator[Made]:
    """Make the interaction, its thread and its events."""
    parts = list(export.shelf.all(PARTS, key))
    row = _interaction(export, key, states, parts)
    yield from made_with_events(export, row, events_of(export, parts))
    yield from messages(export, key, parts)


def _interaction(export: Export, key: str, states: list[dict[str, Any]], parts: list[dict[str, Any]]) -> Made:
    """Make the interaction of the last state; the others tell when it was closed and opened again."""
    now = states[-1]
    person = export.shelf.first("person", key)
    told = outcome(_turns(states, parts))
    values = {
        "external_id": key,
        "version": now["version"],
        "channel": now["channel"],
        "direction": now["direction"],
        "opened_at": now["opened_at"],
        "customer": now["author"] or (person and person["contact"]),
        "priority": now["priority"],
        "subject": now["subject"],
        "text": now["text"],
        "closed_at": told.get("resolved_at"),
        **_assignee(export, now),
        **told,
        **first_replies(parts),
    }
    return Made("interactions", values, now["place"])


def _turns(states: list[dict[str, Any]], parts: list[dict[str, Any]]) -> Iterator[tuple[str, bool]]:
    """Tell when it was closed and opened: by its parts where they say so, else by when it was seen in a state."""
    marks = [part for part in parts if part["type"] in ("close", "open")]
    if marks:
        yield states[0]["opened_at"] or states[0]["at"], False
    yield from ((mark["at"], mark["type"] == "close") for mark in marks)
    if not marks:
        yield from ((state["at"], state["state"] == _CLOSED) for state in states)


def _assignee(export: Export, state: dict[str, Any]) -> dict[str, Any]:
    """Return who has it: a team stands for a queue; a teammate's team is told where there is but one."""
    if state["assignee_type"] == "team":
        team = export.shelf.first("team", state["assignee"])
        return {"queue": team["name"] if team else state["assignee"]}
    teams = list(export.shelf.all("member", state["assignee"] or ""))
    team = export.shelf.first("team", teams[0]["team"]) if len(teams) == 1 else None
    return {"agent": state["assignee"], "team": team and team["name"]}


def _answer(key: str, state: dict[str, Any]) -> Iterator[Made]:
    if state["score"] is None:
        return
    values = {
        "external_id": key,
        "version": state["version"],
        "survey": "intercom-rating",
        "kind": "CSAT",
        "score": state["score"],
        "answered_at": state["rated_at"],
        "customer": state["author"],
        "interaction": key,
        "comment": state["remark"],
    }
    yield Made("survey-responses", values, state["place"])


INTERCOM = Adapter(
    name="intercom",
    reads="the tables conversation_history, conversation_part_history, conversation_contact_history, contact_history, "
    "team and team_admin",
    tables=tables.ALL,
    adapt=adapt,
)
