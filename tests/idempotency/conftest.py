"""Askers as in the tests of GraphQL."""

from tests.graphql.conftest import admin, asker

__all__ = ["admin", "asker"]
