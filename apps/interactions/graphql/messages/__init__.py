"""The threads of interactions in the API."""
