"""Writes of this app. Each runs inside the brand's door, which the caller opens."""

from apps.interactions.commands.calendars import create_calendar, retire_calendar, revise_calendar
from apps.interactions.commands.interactions import record_interaction

__all__ = ["create_calendar", "record_interaction", "retire_calendar", "revise_calendar"]
