"""Twilio's calls."""
