"""Why customers contact, over GraphQL."""
