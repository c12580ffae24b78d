"""What was promised of a contact and whether it was kept. Pure: from events, policies and calendars, no database."""
