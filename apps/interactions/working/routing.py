"""Which contact is whose next: skills, room, and who has been idle longest. Pure; what is decided is done elsewhere."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

# Levels by skill: what a queue asks for, or an agent has.
Levels = Mapping[UUID, int]

# In which a contact may be put before an agent unasked; and in which an agent may ask for one itself.
PUSHED_TO: Final = frozenset({"AVAILABLE", "ON_CONTACT"})
MAY_TAKE: Final = PUSHED_TO | {"WRAP_UP"}


@dataclass(frozen=True, slots=True)
class Hand:
    """What an agent has in hand: contacts that happen now (`live`: a call, a talk), and others, up to a capacity."""

    live: int
    others: int
    capacity: int

    @property
    def count(self) -> int:
        return self.live + self.others

    def has_room(self, *, live: bool) -> bool:
        """Tell whether one more fits: one that happens now needs the whole agent, and leaves room for nothing else."""
        return self.count == 0 if live else self.live == 0 and self.others < self.capacity

    def with_one_more(self, *, live: bool) -> "Hand":
        return Hand(self.live + live, self.others + (not live), self.capacity)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A contact that waits. `needs` is what its queue asks for; `agent` whom alone it waits for, if anybody."""

    id: UUID
    live: bool
    needs: Levels
    agent: UUID | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An agent to whom something may be given, doing what it does since an instant."""

    id: UUID
    skills: Levels
    activity: str
    since: datetime
    hand: Hand


def fits(needs: Levels, skills: Levels) -> bool:
    """Tell whether all that is asked for is there, at the level asked for or above."""
    return all(skills.get(skill, 0) >= level for skill, level in needs.items())


def match(waiting: Iterable[Waiting], candidates: Iterable[Candidate]) -> Iterator[tuple[UUID, UUID]]:
    """Yield pairs of contact and agent: the contacts in the order given, each to who has least in hand.

    Of several, who has been as it is for longest: of those with nothing, the longest idle. Nobody gets more than fits.
    """
    free = {each.id: each for each in candidates if each.activity in PUSHED_TO}
    hands = {key: each.hand for key, each in free.items()}
    for contact in waiting:
        able = [each for each in free.values() if _may_get(each, contact, hands[each.id])]
        if able:
            chosen = min(able, key=lambda each: (hands[each.id].count, each.since, each.id))
            hands[chosen.id] = hands[chosen.id].with_one_more(live=contact.live)
            yield contact.id, chosen.id


def _may_get(candidate: Candidate, contact: Waiting, hand: Hand) -> bool:
    if not hand.has_room(live=contact.live):
        return False
    return contact.agent == candidate.id if contact.agent else fits(contact.needs, candidate.skills)
