"""What a conversation's parts tell of it: its thread, and what happened."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from apps.interactions.adapters.adapter import Made
from apps.interactions.adapters.export import Export
from apps.interactions.adapters.happened import happened
from apps.interactions.timing.events import EventKind

_AUTHORS: Final = {"admin": "HUMAN", "bot": "BOT", "user": "CUSTOMER", "lead": "CUSTOMER", "contact": "CUSTOMER"}
_COMMENT, _NOTE = "comment", "note"


def first_replies(parts: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return when anybody, and when a teammate first wrote to the customer; nothing where no part is known."""
    replies = [part for part in parts if part["type"] == _COMMENT and _author(part) in ("HUMAN", "BOT")]
    people = [part["at"] for part in replies if _author(part) == "HUMAN"]
    if not parts:
        return {}
    first = replies[0]["at"] if replies else None
    return {"first_response_at": first, "first_human_response_at": people[0] if people else None}


def messages(export: Export, conversation: str, parts: Sequence[dict[str, Any]]) -> Iterator[Made]:
    """Yield comments and notes; the message that the conversation began with is the interaction's own text."""
    for part in parts:
        if part["type"] not in (_COMMENT, _NOTE):
            continue
        if (author := _author(part)) is None:
            what = "is not known here: left out"
            export.report.lose("conversation_part_history", "author_type", what, part["place"], part["author"])
            continue
        values = {
            "external_id": part["key"],
            "interaction": conversation,
            "at": part["at"],
            "author": author,
            "public": part["type"] == _COMMENT,
            "agent": part["who"] if author == "HUMAN" else None,
            "text": part["text"],
        }
        yield Made("messages", values, part["place"])


def events_of(export: Export, parts: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what happened but replies, which messages tell. Closing it resolves it; opened is opened again."""
    settled = False
    for part in parts:
        kind, at = part["type"], part["at"]
        if kind == "close":
            settled = True
            yield happened(EventKind.RESOLVED, at)
            yield happened(EventKind.CLOSED, at)
        elif kind == "open":
            # Of a snooze that ends, nobody but us says that it waits again.
            yield happened(EventKind.REOPENED if settled else EventKind.QUEUED, at)
            settled = False
        elif kind == "snoozed":
            yield happened(EventKind.SNOOZED, at)
        elif part["team"]:
            team = export.shelf.first("team", part["team"])
            yield happened(EventKind.QUEUED, at, queue=team["name"] if team else part["team"])


def _author(part: dict[str, Any]) -> str | None:
    return _AUTHORS.get(part["author"] or "")
