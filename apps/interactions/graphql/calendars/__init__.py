"""Calendars in the schema."""
