"""From any CSV or NDJSON export to the columns of an import kind, by a small declarative file."""
