"""Put conversations and their parts aside, each under its conversation, in the order of time."""

from typing import Final

from apps.interactions.adapters.export import Export
from apps.interactions.adapters.moments import version_of
from apps.interactions.adapters.record import Record

CONVERSATIONS, PARTS = "conversation", "part"
_CHANNELS: Final = {
    **dict.fromkeys(("conversation", "in_app", "push"), "CHAT"),
    "email": "EMAIL",
    **dict.fromkeys(("whatsapp", "sms"), "MESSAGING"),
    **dict.fromkeys(("facebook", "instagram", "twitter"), "SOCIAL"),
    **dict.fromkeys(("phone_call", "phone_switch"), "PHONE"),
}
_DIRECTIONS: Final = {
    "customer_initiated": "INBOUND",
    **dict.fromkeys(("admin_initiated", "campaigns_initiated", "operator_initiated", "automated"), "OUTBOUND"),
}
_PRIORITIES: Final = {"priority": "HIGH", "not_priority": "NORMAL"}
_STATES: Final = {"open": "open", "closed": "closed", "snoozed": "snoozed"}
_CUSTOMERS: Final = ("user", "lead", "contact")
# Parts that tell of a reply, of a note, of the state, or of a team it was given to.
_TAKEN: Final = ("comment", "note", "close", "open", "snoozed", "assignment", "default_assignment")


def keep_conversation(export: Export, record: Record) -> None:
    """Keep one state of a conversation."""
    at = record.moment("updated_at")
    opened, rated = record.moment("created_at"), record.moment("conversation_rating_created_at")
    if at is None:
        record.lose("updated_at", "is not told: this state is left out")
        return
    author = record.text("source_author_id") if record.text("source_author_type") in _CUSTOMERS else None
    state = {
        "place": record.place,
        "at": at.isoformat(),
        "version": version_of(at),
        "state": record.choice(_STATES, "state"),
        "channel": record.choice(_CHANNELS, "source_type", otherwise=export.options.channel),
        "direction": record.choice(_DIRECTIONS, "source_delivered_as"),
        "opened_at": opened and opened.isoformat(),
        "author": author,
        "assignee": record.text("assignee_id"),
        "assignee_type": record.text("assignee_type"),
        "priority": record.choice(_PRIORITIES, "priority"),
        "subject": record.text("source_subject", most=500),
        "text": record.text("source_body", most=100_000),
        "score": record.text("conversation_rating_value"),
        "rated_at": rated and rated.isoformat(),
        "remark": record.text("conversation_rating_remark", most=100_000),
    }
    export.shelf.put(CONVERSATIONS, record.text("id") or "", state, position=at.timestamp())


def keep_part(export: Export, record: Record) -> None:
    """Keep a part that tells something of ours; the others are reported."""
    kind, at = record.text("part_type") or "", record.moment("created_at")
    if kind not in _TAKEN or at is None:
        record.lose("part_type", "is not taken: left out", kind)
        return
    part = {
        "place": record.place,
        "key": record.text("id"),
        "at": at.isoformat(),
        "type": kind,
        "author": record.text("author_type"),
        "who": record.text("author_id"),
        "text": record.text("body", most=100_000),
        "team": record.text("assigned_to_id") if record.text("assigned_to_type") == "team" else None,
    }
    export.shelf.put(PARTS, record.text("conversation_id") or "", part, position=at.timestamp())
