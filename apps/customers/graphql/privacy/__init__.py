"""Erasing customers and handing out what is held of them, in the API."""
