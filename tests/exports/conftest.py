"""Askers as in the tests of GraphQL, and files in a folder of the test's own."""

from pathlib import Path
from typing import Any

import pytest

from config.celery import app
from tests.graphql.conftest import admin, asker

__all__ = ["admin", "app", "asker"]


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.CX_DATA_DIR = tmp_path
