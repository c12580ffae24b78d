"""The limits of a document as it is written: counted once a text, in one pass over its nodes, before it is validated.

What it is as it would run, its depth and its cost, is `weighing`'s.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    Node,
    OperationDefinitionNode,
    SelectionSetNode,
)

from cxplatform.graphql.context import TooComplex

# Validation compares every fragment with every other spread beside it.
MAX_FRAGMENTS = 100
# No honest document nests `... { }` at all deep; a pass must not do so without end.
MAX_BRACES = 100

_Definition = OperationDefinitionNode | FragmentDefinitionNode


@dataclass
class _Written:
    """What the text holds, over all of its definitions; `spreads`: which fragments each fragment spreads."""

    aliases: int = 0
    directives: int = 0
    spreads: dict[str, set[str]] = field(default_factory=dict)


def check_limits(document: DocumentNode) -> None:
    """Refuse a document that is too much to validate. Raises: TooComplex."""
    definitions = [node for node in document.definitions if isinstance(node, _Definition)]
    operations = sum(isinstance(node, OperationDefinitionNode) for node in definitions)
    _check(operations, settings.CX_MAX_OPERATIONS, "operations, of which one is run")
    _check(len(document.definitions) - operations, MAX_FRAGMENTS, "fragments")
    written = _Written()
    for definition in definitions:
        spread = _read(definition, written)
        if isinstance(definition, FragmentDefinitionNode):
            written.spreads.setdefault(definition.name.value, set()).update(spread)
    _check(written.aliases, settings.CX_MAX_ALIASES, "aliases")
    _check(written.directives, settings.CX_MAX_DIRECTIVES, "directives")
    _check_chains(written.spreads)


def _check(count: int, most: int, what: str) -> None:
    if count > most:
        raise TooComplex(f"A document has at most {most} {what}; this one has {count:,}.")


def _read(definition: _Definition, written: _Written) -> set[str]:
    """Count what is in one definition; return the fragments it spreads."""
    spread: set[str] = set()
    for node in _nodes(definition):
        written.directives += len(getattr(node, "directives", None) or ())
        if isinstance(node, FieldNode):
            written.aliases += node.alias is not None
        elif isinstance(node, FragmentSpreadNode):
            spread.add(node.name.value)
    return spread


def _nodes(definition: _Definition) -> Iterator[Node]:
    """Yield whatever may carry an alias, a directive or a spread. Raises: TooComplex."""
    yield definition
    yield from getattr(definition, "variable_definitions", None) or ()
    pending: list[tuple[SelectionSetNode, int]] = [(definition.selection_set, 1)]
    while pending:
        selection_set, braces = pending.pop()
        if braces > MAX_BRACES:
            raise TooComplex(f"Braces may be nested at most {MAX_BRACES} deep.")
        for node in selection_set.selections:
            yield node
            if isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
                pending.append((node.selection_set, braces + 1))


def _check_chains(spreads: dict[str, set[str]]) -> None:
    """Refuse fragments that spread fragments too deep, and those that spread themselves. Raises: TooComplex."""
    deep: dict[str, int] = {}
    left = set(spreads)
    while left:
        # Whose spreads are all known is known; in a circle nobody ever is.
        known = [name for name in left if all(other in deep or other not in spreads for other in spreads[name])]
        if not known:
            raise TooComplex("Fragments may not spread themselves, directly or through others.")
        for name in known:
            deep[name] = 1 + max((deep.get(other, 0) for other in spreads[name]), default=0)
            if deep[name] > settings.CX_MAX_FRAGMENT_DEPTH:
                raise TooComplex(f"Fragments may be spread in fragments at most {settings.CX_MAX_FRAGMENT_DEPTH} deep.")
        left.difference_update(known)
