"""The events of interactions in the API."""
