"""Intercom: conversations with their parts, contacts and ratings."""
