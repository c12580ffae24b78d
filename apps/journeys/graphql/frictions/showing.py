"""Which node types show frictions: each app says so of its own, beside the type."""

from importlib import import_module

from cxplatform.graphql.nodes import Stored

SHOWN_AS: dict[str, type[Stored]] = {}


def shows_frictions(kind: str, node: type[Stored]) -> None:
    """Have evidence of a kind shown as a node type; when the app's types are imported. Raises: ValueError for two."""
    if kind in SHOWN_AS:
        raise ValueError(f"{kind} is shown as another type already.")
    SHOWN_AS[kind] = node


def give_evidence() -> None:
    """Declare `Friction.evidence`, once every app has said what shows one; before the schema is built."""
    import_module("apps.journeys.graphql.frictions.evidence")
