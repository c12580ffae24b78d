"""Open time, as columns of the interaction: how much of it passed from the opening to each of its moments."""

from apps.metrics.definitions.replies import FIRST_HUMAN_RESPONSE_AT
from apps.metrics.definitions.resolutions import FIRST_RESOLVED_AT

# Between the openings that begin last before two moments, by their running sums. Unknown without a calendar, and
# beyond the years that calendars are written down for.
_SUM = """LEFT JOIN LATERAL (
        SELECT o.seconds_before + extract(epoch FROM least(o.closes_at, {moment}) - o.opens_at)::float8 AS seconds
        FROM interactions_calendaropening o
        WHERE o.calendar_id = k.calendar_id AND o.opens_at <= {moment}
        ORDER BY o.opens_at DESC LIMIT 1
    ) {name} ON TRUE"""
_MOMENTS = {
    "human_response": f"({FIRST_HUMAN_RESPONSE_AT})",
    "response": "f.first_response_at",
    "first_resolution": f"({FIRST_RESOLVED_AT})",
    "resolution": "f.resolved_at",
}
_COLUMNS = ", ".join(f"at_{name}.seconds - at_opening.seconds AS business_{name}" for name in _MOMENTS)
_SUMS = "\n    ".join(
    _SUM.format(name=f"at_{name}", moment=moment) for name, moment in {"opening": "f.opened_at", **_MOMENTS}.items()
)

WITH_OPEN_TIME = f"""(
    SELECT f.*, k.calendar_id, {_COLUMNS}
    FROM interactions_interaction f
    LEFT JOIN interactions_queue q ON q.id = f.queue_id
    CROSS JOIN LATERAL (
        SELECT coalesce(q.calendar_id, (SELECT id FROM interactions_calendar WHERE key = 'default')) AS calendar_id
    ) k
    {_SUMS}
) f"""  # noqa: S608  # constants
