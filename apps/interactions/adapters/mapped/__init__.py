"""Any CSV or NDJSON export, by a mapping file (docs/mappings.md)."""
