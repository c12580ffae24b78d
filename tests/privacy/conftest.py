"""Askers as in the tests of GraphQL; and nobody is woken: the tests run the jobs themselves."""

import pytest

from tests.graphql.conftest import asker

__all__ = ["asker"]


@pytest.fixture(autouse=True)
def _deaf_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    from cxplatform.jobs.tasks import run_jobs

    monkeypatch.setattr(run_jobs, "_send", lambda *args: None)
