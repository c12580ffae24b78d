"""What holds personal data and does not tell whose: apps say how it is forgotten, and what must end before."""

from collections.abc import Callable
from datetime import datetime

# Empty what may quote anybody and came in before an instant (None: at any time), in the open brand door; what is still
# being worked on is left alone.
Forget = Callable[[datetime | None], object]
# Tell, in the open brand door, whether something that came in by an instant is not stored yet.
UnderWay = Callable[[datetime], bool]

_forgets: list[Forget] = []
_under_way: list[UnderWay] = []


def register_leftovers(forget: Forget) -> None:
    """Have something forgotten at the end of every erasure, and when it is older than the brand keeps it."""
    _forgets.append(forget)


def register_under_way(under_way: UnderWay) -> None:
    """Let erasures wait for something."""
    _under_way.append(under_way)


def forget_leftovers(before: datetime | None = None) -> None:
    """Forget all of it, or what came in before an instant, in the open brand door."""
    for forget in _forgets:
        forget(before)


def is_under_way(since: datetime) -> bool:
    """Tell whether something that came in by then is not stored yet."""
    return any(under_way(since) for under_way in _under_way)
