"""Goals, in the API."""
