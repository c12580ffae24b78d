"""Who is told and who is held out: the same whenever it is asked. Pure: no database."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from apps.customers.consents.deciding import Decision, Why

_WHOLE: Final = 2**64


class Fate(StrEnum):
    """What becomes of a customer now; of the last two nothing is written down, and they come up again."""

    TREATED = "TREATED"
    HELD_OUT = "HELD_OUT"
    SUPPRESSED = "SUPPRESSED"
    QUIET_HOURS = "QUIET_HOURS"
    DAY_IS_FULL = "DAY_IS_FULL"


LATER: Final = (Fate.QUIET_HOURS, Fate.DAY_IS_FULL)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A customer and its fate; `why` is why it may not be contacted, where that is it."""

    customer: UUID
    fate: Fate
    why: str | None = None


def is_held_out(rule: UUID, customer: UUID, share: float) -> bool:
    """Tell whether a rule leaves a customer alone; whom a smaller share holds out, a larger one does too."""
    digest = hashlib.blake2b(customer.bytes, key=rule.bytes, digest_size=8).digest()
    return int.from_bytes(digest) < share * _WHOLE


def draw(
    rule: UUID, share: float, customers: Iterable[UUID], decisions: Mapping[UUID, Decision], left_today: int
) -> Iterator[Drawn]:
    """Decide upon each in turn.

    Whether it may be contacted is asked of both groups alike, and before the draw: else they would not be of one
    kind. A day that is full takes nobody any more, whichever group it were.
    """
    for each in customers:
        decision = decisions[each]
        if not decision.allowed and decision.why is not Why.QUIET_HOURS:
            yield Drawn(each, Fate.SUPPRESSED, decision.why.value)
        elif not decision.allowed:
            yield Drawn(each, Fate.QUIET_HOURS)
        elif left_today <= 0:
            yield Drawn(each, Fate.DAY_IS_FULL)
        elif is_held_out(rule, each, share):
            yield Drawn(each, Fate.HELD_OUT)
        else:
            left_today -= 1
            yield Drawn(each, Fate.TREATED)
