"""What a contact's events say of its durations and of how it stands. Pure: no framework, no database."""
