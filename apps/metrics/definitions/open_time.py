"""Durations by the clock on the wall and by open time, each with what is left out of it."""

from apps.metrics.definitions.parts import Component, Measure, Reason

NO_CALENDAR = Reason(
    "No calendar applies to it: its queue names none, and none has the key default.", "f.calendar_id IS NULL"
)
BEYOND = Reason("It lies beyond the years for which its calendar is written down.")


def in_open_time(measure: Measure, column: str) -> Measure:
    """Return a duration counted in open time, of those that have it by the clock on the wall."""
    where = f"{measure.where} AND f.{column} IS NOT NULL"
    return Measure(f"{measure.name}_open", f"f.{column}", where, elaborate=True)


def unknown_in_open_time(measure: Measure, column: str, unknown: Component) -> Component:
    """Return what is left out of it: what is left out anyhow, and that whose open time is unknown."""
    counted = f"({unknown.where}) OR {measure.where} AND f.{column} IS NULL"
    reasons = [Reason(reason.text, f"({unknown.where}) AND {reason.where}") for reason in unknown.reasons]
    return Component(f"{measure.name}_open.unknown", counted, None, True, (*reasons, NO_CALENDAR, BEYOND))
