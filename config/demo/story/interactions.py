"""The contacts as rows of the import."""

from collections.abc import Iterator
from datetime import datetime
from random import Random

from config.demo.story.contacts import Contact, Contacts
from config.demo.story.plans import Plan
from config.demo.story.weeks import Weeks

COLUMNS = (
    *("external_id", "channel", "opened_at", "customer", "direction", "queue", "agent", "team", "reason"),
    *("touchpoint", "priority", "wait_seconds", "answered", "abandoned", "handled_by", "first_response_at"),
    *("resolved_at", "closed_at", "talk_seconds", "hold_seconds", "after_call_seconds", "transfers"),
    *("reopened_at", "resolved", "subject", "text", "language"),
)


def interaction_rows(plan: Plan, weeks: Weeks, contacts: Contacts) -> Iterator[dict[str, str]]:
    """Write each contact as it stands at the end of the data: what was still to come is not known."""
    rng = Random(f"{plan.slug} interactions")  # noqa: S311  # made-up data
    for contact in contacts:
        yield _who_and_why(plan, weeks, contact) | _what_became(weeks, contact) | _said(rng, plan, contact)


def _who_and_why(plan: Plan, weeks: Weeks, contact: Contact) -> dict[str, str]:
    agent = contact.handled.agent
    return {
        "external_id": contact.key,
        "channel": contact.channel,
        "opened_at": weeks.utc(contact.local),
        "customer": contact.customer.key,
        "direction": "INBOUND",
        "queue": contact.reason.queue,
        "agent": agent.key if agent else "",
        "team": agent.team if agent else "",
        "reason": contact.reason.path,
        "touchpoint": contact.reason.touchpoint,
        "priority": contact.handled.priority,
        "language": contact.customer.language,
    }


def _what_became(weeks: Weeks, contact: Contact) -> dict[str, str]:
    handled = contact.handled
    solved = weeks.utc_by_end(handled.solved)
    return {
        "wait_seconds": _number(handled.wait),
        "answered": _boolean(handled.answered),
        "abandoned": _boolean(handled.abandoned),
        "handled_by": "BOT" if handled.bot else "HUMAN",
        "first_response_at": weeks.utc_by_end(handled.first_response),
        "resolved_at": solved,
        "closed_at": solved,
        "talk_seconds": _number(handled.talk if _by_end(weeks, handled.first_response) else None),
        "hold_seconds": _number(handled.hold),
        "after_call_seconds": _number(handled.after_call if _by_end(weeks, handled.first_response) else None),
        "transfers": str(handled.transfers),
        "reopened_at": ";".join(filter(None, map(weeks.utc_by_end, handled.reopened))),
        "resolved": "" if handled.abandoned else _boolean(bool(solved)),
    }


def _said(rng: Random, plan: Plan, contact: Contact) -> dict[str, str]:
    written = contact.channel in ("EMAIL", "MESSAGING", "SOCIAL")
    root = contact.reason.path.partition("/")[0]
    return {
        "subject": rng.choice(plan.words.SUBJECTS[contact.reason.path]),
        "text": rng.choice(plan.words.TEXTS[root]) if written else "",
    }


def _by_end(weeks: Weeks, moment: datetime | None) -> bool:
    return moment is None or moment < weeks.end


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _boolean(value: bool | None) -> str:
    return "" if value is None else str(value).lower()
