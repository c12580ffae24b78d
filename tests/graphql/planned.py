"""Answers as they are read by a plan and as they are read row by row."""

import json
from typing import Any

import pytest

from cxplatform.graphql.planner.memo import Plans
from tests.graphql.conftest import Asker


def both_ways(asker: Asker, document: str, variables: dict[str, Any]) -> tuple[Any, Any]:
    """Return both answers as they are read, fields in their order."""
    planned = read(asker.bytes_of(document, variables))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Plans, "of", lambda *_: None)
        return planned, read(asker.bytes_of(document, variables))


def read(body: bytes) -> Any:
    """Read the data and the errors; what was charged depends on how the rows were read."""
    return [pair for pair in json.loads(body, object_pairs_hook=list) if pair[0] != "extensions"]
