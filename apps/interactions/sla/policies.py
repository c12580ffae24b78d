"""Service-level policies: which contacts each is for, and what it promises them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Measure(StrEnum):
    """What a target is about.

    FIRST_REPLY: from the opening to the first public reply of a person; a call that is answered is replied to.
    NEXT_REPLY: from what the customer writes after a reply to the next reply.
    PERIODIC_UPDATE: from one reply to the next, while it is open; waiting for the customer does not count.
    FIRST_RESOLUTION: from the opening to the first resolution, less waiting for the customer; no reopening restarts it.
    TOTAL_RESOLUTION: as that, to the last resolution: what passes after a reopening counts as well.
    """

    FIRST_REPLY = "FIRST_REPLY"
    NEXT_REPLY = "NEXT_REPLY"
    PERIODIC_UPDATE = "PERIODIC_UPDATE"
    FIRST_RESOLUTION = "FIRST_RESOLUTION"
    TOTAL_RESOLUTION = "TOTAL_RESOLUTION"


@dataclass(frozen=True, slots=True)
class Target:
    """How many seconds a measure may take by the priority that holds when its clock starts; none for the others.

    `business` counts the open time of the policy's calendar, else the wall clock is.
    """

    measure: Measure
    seconds: Mapping[str, int]
    business: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """What a contact was when it was opened, which is what policies go by."""

    opened_at: datetime
    channel: str
    priority: str
    queue: UUID | None = None
    segment: str | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of a policy, for contacts opened from `since` to `until` that fit every list that is not empty."""

    version_id: UUID
    rank: int
    key: str
    since: datetime
    until: datetime | None
    targets: tuple[Target, ...]
    channels: frozenset[str] = frozenset()
    priorities: frozenset[str] = frozenset()
    queues: frozenset[UUID] = frozenset()
    segments: frozenset[str] = frozenset()
    calendar: UUID | None = None

    def fits(self, subject: Subject) -> bool:
        return (
            self.since <= subject.opened_at
            and (self.until is None or subject.opened_at < self.until)
            and (not self.channels or subject.channel in self.channels)
            and (not self.priorities or subject.priority in self.priorities)
            and (not self.queues or subject.queue in self.queues)
            and (not self.segments or subject.segment in self.segments)
        )


def first_fitting(policies: Iterable[Policy], subject: Subject) -> Policy | None:
    """Return the first policy for a contact: the lowest rank; of equal ranks, the first by key."""
    fitting = (policy for policy in policies if policy.fits(subject))
    return min(fitting, key=lambda policy: (policy.rank, policy.key), default=None)
