"""Askers of the GraphQL tests; and wake-ups go to the application's own broker, not to one on this machine."""

from config.celery import app
from tests.graphql.conftest import asker

__all__ = ["app", "asker"]
