"""Zendesk: its tables as Fivetran and Zendesk's own exports name them, and documents of its incremental API."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from apps.interactions.adapters.adapter import Adapter, Made
from apps.interactions.adapters.export import Export
from apps.interactions.adapters.happened import made_with_events
from apps.interactions.adapters.moments import moment_of, version_of
from apps.interactions.adapters.record import Record
from apps.interactions.adapters.zendesk import tables
from apps.interactions.adapters.zendesk.events import PRIORITIES, at_opening, events_of, group_name
from apps.interactions.adapters.zendesk.keeping import CHANGES, COMMENTS, keep_all
from apps.interactions.adapters.zendesk.told import SETTLED, messages, told_by_comments, told_by_statuses

# A form on the web is answered by mail, as a mail is.
_CHANNELS: Final = {
    **dict.fromkeys(("email", "web", "web_form", "web_widget", "help_center", "mobile", "mobile_sdk"), "EMAIL"),
    **dict.fromkeys(("chat", "live_chat"), "CHAT"),
    **dict.fromkeys(("native_messaging", "messaging", "sms", "whatsapp", "line", "wechat", "viber"), "MESSAGING"),
    **dict.fromkeys(("facebook", "twitter", "instagram_dm", "twitter_dm", "any_channel"), "SOCIAL"),
    **dict.fromkeys(("voice", "phone"), "PHONE"),
}
# Good is the top of the scale and bad its bottom, so that the share of satisfied customers is Zendesk's own.
_SCORES: Final = {"good": "5", "good_with_comment": "5", "bad": "1", "bad_with_comment": "1"}
_NO_ANSWERS: Final = ("offered", "unoffered", "received")
_DELETED: Final = "deleted"


def adapt(export: Export) -> Iterator[Made]:
    """Put aside what tickets are told of elsewhere, then make customers, interactions and ratings."""
    keep_all(export)
    for user in export.records(tables.USERS):
        role = user.text("role")
        export.shelf.put("user", user.text("id") or "", {"role": role})
        if role == "end-user":
            yield _customer(user)
    for ticket in export.records(tables.TICKETS):
        export.shelf.put("ticket", ticket.text("id") or "")
        if ticket.text("status") == _DELETED:
            ticket.lose("status", "is deleted: the ticket is left out")
        else:
            yield from _contact(export, ticket)
    _report_strays(export)
    for rating in export.records(tables.RATINGS):
        yield from _answer(rating)


def _customer(user: Record) -> Made:
    values = {
        "external_id": user.text("id"),
        "version": version_of(user.moment("updated_at"), user.moment("created_at")),
        "name": user.text("name", most=200),
        "email": user.text("email"),
        "phone": user.text("phone"),
        "language": user.text("locale"),
        "joined_at": user.moment("created_at"),
    }
    return Made("customers", values, user.place)


def _contact(export: Export, ticket: Record) -> Iterator[Made]:
    """Make the interaction, its events and its thread."""
    key, opened = ticket.text("id") or "", ticket.moment("created_at")
    changes = list(export.shelf.all(CHANGES, key))
    row = _interaction(export, ticket, changes, opened)
    yield from made_with_events(export, row, events_of(export, changes))
    yield from messages(export, key, ticket.text("requester_id"), opened)


def _interaction(export: Export, ticket: Record, changes: list[dict[str, Any]], opened: datetime | None) -> Made:
    key, requester = ticket.text("id") or "", ticket.text("requester_id")
    statuses = [change for change in changes if change["field"] == "status"]
    told = told_by_statuses(statuses) | told_by_comments(export, key, requester, opened)
    if not statuses and (status := ticket.text("status")) in SETTLED:
        ticket.lose("status", "has no history that tells since when", status)
        told["resolved"] = True
    values = {
        "external_id": key,
        "version": _version(export, ticket, key),
        "channel": _channel(export, ticket, key),
        "opened_at": opened,
        "customer": requester,
        "queue": _queue(export, ticket),
        "agent": ticket.text("assignee_id"),
        "priority": ticket.choice(PRIORITIES, "priority"),
        "subject": ticket.text("subject", most=500),
        "text": ticket.text("description", most=100_000),
        **at_opening(export, changes, opened),
        **told,
    }
    return Made("interactions", values, ticket.place)


def _version(export: Export, ticket: Record, key: str) -> int | None:
    """Return the version by whatever was told last of the ticket: an update of it, or of its history."""
    piles = (export.shelf.last(pile, key) for pile in (CHANGES, COMMENTS))
    times = [moment_of(content["at"]) for content in piles if content]
    return version_of(ticket.moment("updated_at"), ticket.moment("created_at"), *times)


def _channel(export: Export, ticket: Record, key: str) -> str | None:
    """Return the channel: of a chat that the ticket came from, else what it came via."""
    if chat := export.shelf.first("chat", key):
        return "MESSAGING" if chat["channel"] == "native_messaging" else "CHAT"
    return ticket.choice(_CHANNELS, "via_channel", "via.channel", otherwise=export.options.channel)


def _queue(export: Export, ticket: Record) -> str | None:
    key = ticket.text("group_id")
    if key and export.shelf.first("group", key) is None:
        ticket.lose("group_id", "is not among the groups of the export: its id stands for its name", key)
    return group_name(export, key) if key else None


def _answer(rating: Record) -> Iterator[Made]:
    word = rating.text("score")
    if word in _NO_ANSWERS:
        rating.lose("score", "is no answer: left out", word)
        return
    values: dict[str, Any] = {
        "external_id": rating.text("id"),
        "version": version_of(rating.moment("updated_at"), rating.moment("created_at")),
        "survey": "zendesk-satisfaction",
        "kind": "CSAT",
        "score": rating.choice(_SCORES, "score"),
        "answered_at": rating.moment("updated_at", "created_at"),
        "customer": rating.text("requester_id"),
        "interaction": rating.text("ticket_id"),
        "comment": rating.text("comment", most=100_000),
    }
    yield Made("survey-responses", values, rating.place)


def _report_strays(export: Export) -> None:
    """Report what was told of tickets that are not in the export."""
    for pile, table in ((CHANGES, tables.HISTORY), (COMMENTS, tables.COMMENTS)):
        for key in export.shelf.keys(pile):
            if export.shelf.first("ticket", key) is None:
                for content in export.shelf.all(pile, key):
                    export.report.lose(table.name, "ticket_id", "is not in the export: left out", content["place"])


ZENDESK = Adapter(
    name="zendesk",
    reads="the tables ticket, ticket_field_history, ticket_comment, ticket_chat, user, group and satisfaction_rating, "
    "and the API's documents of tickets, ticket_events, users, groups and satisfaction_ratings",
    tables=tables.ALL,
    adapt=adapt,
)
