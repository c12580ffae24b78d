"""A starting tree from an ontology of flows, as public data sets of conversations have them. Pure: no database."""

from collections.abc import Mapping
from typing import Any, Final

from apps.interactions.models.reason import LONGEST_NAME
from cxplatform.errors import BadInput

MOST_REASONS: Final = 1_000


def paths_of(tree: object) -> list[str]:
    """Return the paths of `{"intents": {"flows": [name], "subflows": {flow: [name]}}}`, each after what it lies below.

    `shipping_issue` becomes `Shipping issue`. What else the object holds does not matter. Raises: BadInput.
    """
    intents = tree.get("intents") if isinstance(tree, Mapping) else None
    if not isinstance(intents, Mapping):
        raise BadInput("It needs an object `intents` with `flows` and `subflows`.", field="tree")
    flows, subflows = intents.get("flows"), intents.get("subflows", {})
    if not isinstance(flows, list) or not isinstance(subflows, Mapping):
        raise BadInput("`intents.flows` is a list of names, `intents.subflows` has a list for each.", field="tree")
    unknown = next((flow for flow in subflows if flow not in flows), None)
    if unknown is not None:
        raise BadInput(f"`intents.subflows` has {str(unknown)[:60]!r}, which is not among the flows.", field="tree")
    found = [path for flow in flows for path in _of_flow(flow, subflows.get(flow, []) if _is_name(flow) else [])]
    if not 1 <= len(found) <= MOST_REASONS:
        raise BadInput(f"A tree has 1 to {MOST_REASONS:,} reasons.", field="tree")
    return list(dict.fromkeys(found))


def _of_flow(flow: Any, subflows: Any) -> list[str]:
    if not isinstance(subflows, list):
        raise BadInput(f"`intents.subflows` has no list for {str(flow)[:60]!r}.", field="tree")
    top = _name(flow)
    return [top, *(f"{top}/{_name(subflow)}" for subflow in subflows)]


def _is_name(value: object) -> bool:
    return isinstance(value, str)


def _name(value: object) -> str:
    """Write a name as people do. Raises: BadInput."""
    words = " ".join(value.replace("_", " ").split()) if isinstance(value, str) else ""
    if not 1 <= len(words) <= LONGEST_NAME or "/" in words or "\0" in words or not _is_unicode(words):
        raise BadInput(f"{str(value)[:60]!r} is no name of 1 to {LONGEST_NAME} characters without /.", field="tree")
    return words[0].upper() + words[1:]


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
