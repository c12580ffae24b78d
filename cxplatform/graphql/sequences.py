"""Connections over a short list that is already in memory, ordered by a unique text."""

from collections.abc import Callable, Sequence
from typing import Any

from cxplatform.graphql.cursors import read_cursor, write_cursor
from cxplatform.graphql.pages import Page, PageRequest

_ORDER = "key"


def page_of_sequence(items: Sequence[Any], request: PageRequest, key: Callable[[Any], str]) -> Page:
    """Cut a page out of items sorted by their key, ascending. Raises: BadInput."""
    chosen = list(items)
    if request.after is not None:
        (low,) = read_cursor(_ORDER, [str], request.after)
        chosen = [item for item in chosen if key(item) > low]
    if request.before is not None:
        (high,) = read_cursor(_ORDER, [str], request.before)
        chosen = [item for item in chosen if key(item) < high]
    more = len(chosen) > request.limit
    nodes = chosen[-request.limit :] if request.backward else chosen[: request.limit]
    return Page(nodes, lambda item: write_cursor(_ORDER, [key(item)]), lambda: len(items), request, more)
