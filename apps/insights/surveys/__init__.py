"""Surveys themselves looked at: who answers them, and who does not."""
