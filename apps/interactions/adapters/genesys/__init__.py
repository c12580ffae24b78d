"""Genesys Cloud: conversation details."""
