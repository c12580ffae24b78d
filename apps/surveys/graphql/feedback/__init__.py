"""The inbox of what customers said, and its themes, in the API."""
