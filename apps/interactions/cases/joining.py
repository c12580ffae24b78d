"""Contacts of one customer on one reason, put together to cases; the same whatever order they arrived in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final
from uuid import UUID

# A contact belongs to the case whose last one was opened at most so long before.
GAP: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact as cases see it. `done`: it stands resolved or closed. `case`: of which it is now, if of any.

    `pin`: the case people put it into, if they did.
    """

    id: UUID
    opened_at: datetime
    key: tuple[str, str]
    channel: str
    handle_seconds: float | None
    done: bool
    case: UUID | None = None
    pin: UUID | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a case's contacts come to. `handle_seconds` is the effort, None where that of none of them is known.

    It is resolved when its last contact is done; `by_hand` where people put any of them there.
    """

    opened_at: datetime
    last_contact_at: datetime
    contacts: int
    channel_switches: int
    handle_seconds: float | None
    by_hand: bool
    resolved: bool


def chains(contacts: Iterable[Contact], gap: timedelta = GAP) -> list[list[Contact]]:
    """Put contacts together, in the order they were opened; the chains too.

    What people put together is together, and what they put apart is apart. Beyond that each follows the one opened
    just before it by no more than the gap, whoever put that where it is; between two cases made by hand it stays with
    the earlier.
    """
    parts: list[list[Contact]] = []
    pin: UUID | None = None
    for contact in sorted(contacts, key=lambda contact: (contact.opened_at, contact.key)):
        follows = bool(parts) and contact.opened_at - parts[-1][-1].opened_at <= gap
        if follows and (pin is None or contact.pin in (None, pin)):
            parts[-1].append(contact)
            pin = pin or contact.pin
        else:
            parts.append([contact])
            pin = contact.pin
    return _united(parts)


def _united(parts: Iterable[list[Contact]]) -> list[list[Contact]]:
    """Put parts together that people put into the same case."""
    made: list[list[Contact]] = []
    by_pin: dict[UUID, list[Contact]] = {}
    for part in parts:
        pin = pin_of(part)
        if pin is not None and pin in by_pin:
            by_pin[pin] += part
        else:
            made.append(part)
            if pin is not None:
                by_pin[pin] = part
    return made


def pin_of(chain: Iterable[Contact]) -> UUID | None:
    """Return the case that people put any of these contacts into; of a chain there is at most one."""
    return next((contact.pin for contact in chain if contact.pin is not None), None)


def cases_of(chained: Sequence[Sequence[Contact]], known: Iterable[UUID]) -> list[UUID | None]:
    """Say which case each chain goes on being; None where it is a new one.

    What people made keeps the case they named, known or not. Each other keeps the known case of the earliest of its
    contacts whose case no earlier chain keeps. So of two cases that a late contact joins the one that was opened first
    survives, and of one that falls apart its first part keeps it.
    """
    pins = [pin_of(chain) for chain in chained]
    free = set(known).difference(pins)
    kept: list[UUID | None] = []
    for chain, pin in zip(chained, pins, strict=True):
        found = pin or next((contact.case for contact in chain if contact.case in free), None)
        free.discard(found)
        kept.append(found)
    return kept


def survivors(chained: Iterable[tuple[UUID, Sequence[Contact]]], gone: Collection[UUID]) -> dict[UUID, UUID]:
    """Say which case each that is no more was merged into: the one that has the earliest of its contacts, if any."""
    placed = [(contact, case) for case, chain in chained for contact in chain if contact.case in gone]
    found: dict[UUID, UUID] = {}
    for contact, case in sorted(placed, key=lambda place: (place[0].opened_at, place[0].key)):
        if contact.case is not None:
            found.setdefault(contact.case, case)
    return found


def summary(chain: Sequence[Contact]) -> Summary:
    """Sum up a chain's contacts."""
    known = [contact.handle_seconds for contact in chain if contact.handle_seconds is not None]
    return Summary(
        opened_at=chain[0].opened_at,
        last_contact_at=chain[-1].opened_at,
        contacts=len(chain),
        channel_switches=sum(before.channel != after.channel for before, after in pairwise(chain)),
        handle_seconds=sum(known) if known else None,
        by_hand=pin_of(chain) is not None,
        resolved=chain[-1].done,
    )
