"""Frictions over GraphQL."""
