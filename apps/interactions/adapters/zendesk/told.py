"""What a ticket's history and comments tell of it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from apps.interactions.adapters.adapter import Made
from apps.interactions.adapters.export import Export
from apps.interactions.adapters.moments import moment_of
from apps.interactions.adapters.outcomes import outcome
from apps.interactions.adapters.zendesk.keeping import COMMENTS

SETTLED: Final = ("solved", "closed")
_AGENTS: Final = ("agent", "admin")


def told_by_statuses(changes: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return resolution, reopenings and closing, by changes of the status in order of time; nothing for none."""
    known = list(changes)
    told = outcome((change["at"], change["value"].lower() in SETTLED) for change in known)
    if told:
        closings = [change["at"] for change in known if change["value"].lower() == "closed"]
        told["closed_at"] = closings[-1] if closings else None
    return told


def told_by_comments(export: Export, ticket: str, requester: str | None, opened: datetime | None) -> dict[str, Any]:
    """Return the first public reply of an agent; nothing where no comment is known.

    The comment that the ticket was opened with is no reply, whoever wrote it.
    """
    known = False
    for comment in export.shelf.all(COMMENTS, ticket):
        known = True
        later = opened is None or moment_of(comment["at"]) > opened
        if later and comment["public"] and is_agent(export, comment, requester):
            return {"first_response_at": comment["at"]}
    return {"first_response_at": None} if known else {}


def messages(export: Export, ticket: str, requester: str | None, opened: datetime | None) -> Iterator[Made]:
    """Yield the comments after the one that the ticket was opened with, which is the interaction's own text."""
    for comment in export.shelf.all(COMMENTS, ticket):
        if opened is not None and moment_of(comment["at"]) <= opened:
            continue
        human = is_agent(export, comment, requester)
        if not human and comment["user"] != requester and export.shelf.first("user", comment["user"]) is None:
            # Told already: whose it is, is not known.
            continue
        values = {
            "external_id": comment["key"],
            "interaction": ticket,
            "at": comment["at"],
            "author": "HUMAN" if human else "CUSTOMER",
            "public": comment["public"],
            "agent": comment["user"] if human else None,
            "text": comment["text"],
        }
        yield Made("messages", values, comment["place"])


def is_agent(export: Export, comment: dict[str, Any], requester: str | None) -> bool:
    """Tell whether an agent wrote it: by the author's role, and where that is unknown nobody did."""
    user = comment["user"]
    if user is None or user == requester:
        return False
    known = export.shelf.first("user", user)
    if known is None:
        export.report.lose("ticket_comment", "user_id", "is no user of the export: no agent's reply", comment["place"])
        return False
    return known["role"] in _AGENTS
