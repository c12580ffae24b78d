"""Proactive rules: whom they reach before a need arises, whom they leave alone to compare with, and what came of it."""
