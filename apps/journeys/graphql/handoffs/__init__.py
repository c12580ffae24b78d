"""Hand-offs between departments, through the API."""
