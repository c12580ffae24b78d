from tests.graphql.conftest import admin, asker

__all__ = ["admin", "asker"]
