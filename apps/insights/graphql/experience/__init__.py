"""Service against experience over GraphQL."""
