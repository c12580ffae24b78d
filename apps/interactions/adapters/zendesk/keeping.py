"""Put aside what tickets are told of elsewhere: who is who, and what happened to each ticket."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from apps.interactions.adapters.export import Export
from apps.interactions.adapters.record import Record
from apps.interactions.adapters.zendesk import tables

CHANGES, COMMENTS = "change", "comment"
# Fields whose changes are told; the others are reported.
FIELDS: Final = ("status", "group_id", "priority")
MOST_TEXT: Final = 100_000
_CREATE, _CHANGE, _COMMENT = "Create", "Change", "Comment"


def keep_all(export: Export) -> None:
    """Read every table but that of the tickets themselves and of the users that are customers."""
    for group in export.records(tables.GROUPS):
        export.shelf.put("group", group.text("id") or "", {"name": group.text("name", most=100)})
    for chat in export.records(tables.CHATS):
        export.shelf.put("chat", chat.text("ticket_id") or "", {"channel": chat.text("channel")})
    for record in export.records(tables.HISTORY):
        _keep_change(export, record)
    for record in export.records(tables.COMMENTS):
        _keep_comment(export, record)
    for record in export.records(tables.EVENTS):
        _keep_event(export, record)


def _keep_change(export: Export, record: Record) -> None:
    field, at = record.text("field_name") or "", record.moment("updated")
    value = record.text("value")
    if field in FIELDS and at and value:
        ticket = record.text("ticket_id") or ""
        key = f"{ticket}/{field}/{at.isoformat()}/{value}"
        _put(export, CHANGES, ticket, at, {"key": key, "field": field, "value": value, "place": record.place})
    elif field not in FIELDS:
        record.lose("field_name", "is no field whose changes are taken: left out", field)
    elif not value:
        record.lose("value", f"is empty for {field}: left out")


def _keep_comment(export: Export, record: Record) -> None:
    ticket, at = record.text("ticket_id") or "", record.moment("created")
    if at is None:
        record.lose("created", "is not told: the comment is left out")
        return
    said = {"key": record.text("id"), "public": record.flag("public"), "user": record.text("user_id")}
    _put(export, COMMENTS, ticket, at, {**said, "text": record.text("body", most=MOST_TEXT), "place": record.place})


def _keep_event(export: Export, record: Record) -> None:
    """Take an update of a ticket apart into the changes and comments it was made of."""
    ticket, at = record.text("ticket_id") or "", record.moment("created_at", "timestamp")
    children = record.value("child_events")
    if at is None or not isinstance(children, list):
        record.lose("child_events", "cannot be read: left out")
        return
    for child in children:
        if isinstance(child, Mapping):
            _keep_child(export, record, ticket, at, child)


def _keep_child(export: Export, record: Record, ticket: str, at: datetime, child: Mapping[str, Any]) -> None:
    kind, key = child.get("event_type") or child.get("type"), str(child.get("id") or "")
    if kind == _COMMENT:
        public = child.get("public", child.get("comment_public"))
        author = child.get("author_id") or record.text("updater_id")
        text = str(child.get("body") or "")
        if len(text) > MOST_TEXT:
            record.lose("child_events", f"a comment is longer than {MOST_TEXT:,} characters: cut")
        said = {"key": key, "public": bool(public), "user": author and str(author), "text": text[:MOST_TEXT] or None}
        _put(export, COMMENTS, ticket, at, {**said, "place": record.place})
        return
    known = [field for field in FIELDS if child.get(field)] if kind in (_CREATE, _CHANGE) else []
    for field in known:
        before = child.get("previous_value")
        said = {"key": f"{key}/{field}", "field": field, "value": str(child[field]), "before": before and str(before)}
        _put(export, CHANGES, ticket, at, {**said, "place": record.place})
    if not known:
        record.lose("child_events", f"{kind} is no event that is taken: left out")


def _put(export: Export, pile: str, ticket: str, at: datetime, content: dict[str, Any]) -> None:
    export.shelf.put(pile, ticket, {**content, "at": at.isoformat()}, position=at.timestamp())
