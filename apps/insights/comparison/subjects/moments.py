"""Moments of an interaction by which vendors put it into a window, and what finds those that lie in it."""

from apps.insights.comparison.rule import Anchor, within
from apps.metrics.definitions.aht import HANDLE
from apps.metrics.definitions.replies import FIRST_HUMAN_RESPONSE_AT

# As long as a contact's end, or its first reply, is looked for after its opening.
LONGEST_DAYS = 31

FIRST_CLOSED_AT = "least(f.first_resolved_at, f.resolved_at, f.closed_at)"
LAST_CLOSED_AT = "greatest(f.resolved_at, f.closed_at)"
IS_OPEN_AGAIN = f"(f.resolved IS FALSE OR {LAST_CLOSED_AT} < ANY(f.reopened_at))"
_CLOSED = " OR ".join(
    (
        f"({within('f.resolved_at')})",
        f"({within('f.closed_at')})",
        f"(f.reopened_at > '{{}}' AND {within('f.first_resolved_at')})",
    )
)
# What the customer spends in a call, and with the agent's work after it; a wait that is unknown is none.
_CALL = "coalesce(f.wait_seconds, 0) + coalesce(f.talk_seconds, 0) + coalesce(f.hold_seconds, 0)"
_DAY_BEFORE = "f.opened_at >= %(start)s - interval '1 day' AND f.opened_at < %(end)s"

FIRST_CLOSED = Anchor(FIRST_CLOSED_AT, "It was not closed, for the first time, in the window.", _CLOSED)
LAST_CLOSED = Anchor(LAST_CLOSED_AT, "It was not closed, for the last time, in the window.", _CLOSED)
FIRST_REPLIED = Anchor(
    f"({FIRST_HUMAN_RESPONSE_AT})",
    "The first reply was not sent in the window.",
    f"f.opened_at >= %(start)s - interval '{LONGEST_DAYS} days' AND f.opened_at < %(end)s",
)
DISCONNECTED = Anchor(f"(f.opened_at + make_interval(secs => {_CALL}))", "It did not end in the window.", _DAY_BEFORE)
COMPLETED = Anchor(
    f"(f.opened_at + make_interval(secs => coalesce(f.wait_seconds, 0) + {HANDLE.value}))",
    "It was not completed, with the work after it, in the window.",
    _DAY_BEFORE,
)
