"""Contacts of one customer on one reason, put together to cases; the same whatever order they arrived in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID

# A contact belongs to the case whose last one was opened at most so long before.
GAP: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as cases see it. `done`: it stands resolved or closed. `case`: of which it is now, if of any."""

    id: UUID
    opened_at: datetime
    key: tuple[str, str]
    channel: str
    handle_seconds: float | None
    done: bool
    case: UUID | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a case's contacts come to. `handle_seconds` is the effort, None where that of none of them is known.

    It is resolved when its last contact is done.
    """

    opened_at: datetime
    last_contact_at: datetime
    contacts: int
    channel_switches: int
    handle_seconds: float | None
    resolved: bool


def chains(contacts: Iterable[Contact], gap: timedelta = GAP) -> list[list[Contact]]:
    """Put contacts together in the order they were opened: each follows the one before by no more than the gap."""
    made: list[list[Contact]] = []
    for contact in sorted(contacts, key=lambda contact: (contact.opened_at, contact.key)):
        if made and contact.opened_at - made[-1][-1].opened_at <= gap:
            made[-1].append(contact)
        else:
            made.append([contact])
    return made


def cases_of(chained: Sequence[Sequence[Contact]], known: Iterable[UUID]) -> list[UUID | None]:
    """Say which known case each chain goes on being; None where it is a new one.

    Each keeps the case of the earliest of its contacts whose case no earlier chain keeps. So of two cases that a late
    contact joins the one that was opened first survives, and of one that falls apart its first part keeps it.
    """
    free = set(known)
    kept: list[UUID | None] = []
    for chain in chained:
        found = next((contact.case for contact in chain if contact.case in free), None)
        free.discard(found)
        kept.append(found)
    return kept


def summary(chain: Sequence[Contact]) -> Summary:
    """Sum up a chain's contacts."""
    known = [contact.handle_seconds for contact in chain if contact.handle_seconds is not None]
    return Summary(
        opened_at=chain[0].opened_at,
        last_contact_at=chain[-1].opened_at,
        contacts=len(chain),
        channel_switches=sum(before.channel != after.channel for before, after in pairwise(chain)),
        handle_seconds=sum(known) if known else None,
        resolved=chain[-1].done,
    )
