"""Journeys, their versions and what they consist of, through the API."""
