"""Into which bucket a moment or a day falls, as SQL.

Buckets that are all alike are reckoned: a list of a thousand instants takes longer to send and read than the sums.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

from apps.metrics.statements import Parameters

_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


def bucket_of_moment(moment: str, cuts: tuple[datetime, ...]) -> tuple[str, Parameters]:
    """Return the number of the bucket a moment is in, 0 before the first cut, and what that binds."""
    step = step_of(cuts)
    if step is None:
        return _searched(moment, cuts, "timestamptz")
    # The first and the last bucket may be longer than those between, by the hour that a clock is set back.
    since = f"floor(date_part('epoch', {moment} - %(cut)s::timestamptz) / %(step)s)::int + 1"
    bounds: Parameters = {"cut": cuts[0], "step": step / _SECOND, "last": len(cuts)}
    return f"least(greatest({since}, 0), %(last)s)", bounds


def bucket_of_day(day: str, cuts: tuple[date, ...]) -> tuple[str, Parameters]:
    """Return the number of the bucket a day is in, 0 before the first cut, and what that binds."""
    step = step_of(cuts)
    if step is None:
        return _searched(day, cuts, "date")
    since = f"({day} - %(cut)s::date + %(step)s) / %(step)s"
    return f"greatest({since}, 0)", {"cut": cuts[0], "step": step // _DAY}


def _searched(value: str, cuts: Sequence[date], kind: str) -> tuple[str, Parameters]:
    return (f"width_bucket({value}, %(cuts)s::{kind}[])", {"cuts": as_array(cuts)}) if cuts else ("0", {})


@lru_cache(maxsize=256)  # dashboards ask for the same windows all day
def step_of(cuts: Sequence[date]) -> timedelta | None:
    """Return how far apart the cuts are, None where they are not all alike."""
    steps = {after - before for before, after in pairwise(cuts)}
    return steps.pop() if len(steps) == 1 else None


def as_array(moments: Sequence[date]) -> str:
    """Return the text of an array, which is bound faster than a list whose every element the driver looks at."""
    return "{" + ",".join(moment.isoformat() for moment in moments) + "}"
