"""Service levels in the schema: policies, and the targets of contacts."""
