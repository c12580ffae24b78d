"""The limits a document must keep, checked in one walk whose own work is bounded.

Fields are walked as they are executed: selections of the same response path are merged and a fragment counts where
it is spread. Everything stops at the first limit passed, so doubled fragments cannot make the walk itself long.
This is the seam where a system of costs will measure more than it does today.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

from cxplatform.graphql.context import TooComplex

MAX_TOKENS = 5_000
MAX_DEPTH = 20
MAX_FIELDS = 2_000
MAX_ALIASES = 100
# Validation compares all fields of one response path with each other: a path repeated n times costs it n².
MAX_REPEATS = 60
MAX_DEFINITIONS = 100


@dataclass
class _Walk:
    fragments: dict[str, FragmentDefinitionNode]
    fields: int = 0
    aliases: int = 0
    spreads: int = 0


@dataclass
class _Group:
    """The selections that share one response path."""

    selections: list[SelectionSetNode] = field(default_factory=list)
    repeats: int = 0


def check_limits(document: DocumentNode) -> None:
    """Refuse a document that is too much to validate or to run. Raises: TooComplex."""
    if len(document.definitions) > MAX_DEFINITIONS:
        raise TooComplex(f"A document has at most {MAX_DEFINITIONS} operations and fragments.")
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    walk = _Walk(fragments)
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode | FragmentDefinitionNode):
            _walk_level(walk, [node.selection_set], depth=1)


def _walk_level(walk: _Walk, selections: Iterable[SelectionSetNode], depth: int) -> None:
    groups: dict[str, _Group] = {}
    seen: set[str] = set()
    for selection_set in selections:
        _collect(walk, selection_set, groups, seen)
    if groups and depth > MAX_DEPTH:
        raise TooComplex(f"Fields may be nested at most {MAX_DEPTH} deep.")
    for group in groups.values():
        if group.repeats > MAX_REPEATS:
            raise TooComplex(f"The same field may be selected at most {MAX_REPEATS} times in one place.")
        if group.selections:
            _walk_level(walk, group.selections, depth + 1)


def _collect(walk: _Walk, selection_set: SelectionSetNode, groups: dict[str, _Group], seen: set[str]) -> None:
    for node in selection_set.selections:
        if isinstance(node, FieldNode):
            _count_field(walk, node)
            group = groups.setdefault(node.alias.value if node.alias else node.name.value, _Group())
            group.repeats += 1
            if node.selection_set:
                group.selections.append(node.selection_set)
        elif isinstance(node, InlineFragmentNode):
            _count_spread(walk)
            _collect(walk, node.selection_set, groups, seen)
        elif isinstance(node, FragmentSpreadNode):
            _count_spread(walk)
            fragment = walk.fragments.get(node.name.value)
            if fragment is not None and node.name.value not in seen:
                seen.add(node.name.value)
                _collect(walk, fragment.selection_set, groups, seen)


def _count_field(walk: _Walk, node: FieldNode) -> None:
    walk.fields += 1
    walk.aliases += node.alias is not None
    if walk.fields > MAX_FIELDS:
        raise TooComplex(f"A document selects at most {MAX_FIELDS:,} fields, fragments counted where they are spread.")
    if walk.aliases > MAX_ALIASES:
        raise TooComplex(f"A document has at most {MAX_ALIASES} aliases.")


def _count_spread(walk: _Walk) -> None:
    walk.spreads += 1
    if walk.spreads > MAX_FIELDS:
        raise TooComplex(f"A document spreads fragments at most {MAX_FIELDS:,} times.")
