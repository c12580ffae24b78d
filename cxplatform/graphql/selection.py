"""What a client selected below a field, by name alone."""

from collections.abc import Iterable

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionSetNode,
)

from cxplatform.graphql.context import ResolveInfo


def names_below(info: ResolveInfo) -> frozenset[str]:
    """Collect the names of all fields selected anywhere below; a superset, for it looks at no type and no directive."""
    names: set[str] = set()
    seen: set[str] = set()
    _collect((node.selection_set for node in info.field_nodes), info.fragments, names, seen)
    return frozenset(names)


def _collect(
    selection_sets: Iterable[SelectionSetNode | None],
    fragments: dict[str, FragmentDefinitionNode],
    names: set[str],
    seen: set[str],
) -> None:
    for selection_set in selection_sets:
        for node in selection_set.selections if selection_set else ():
            if isinstance(node, FieldNode):
                names.add(node.name.value)
                _collect([node.selection_set], fragments, names, seen)
            elif isinstance(node, InlineFragmentNode):
                _collect([node.selection_set], fragments, names, seen)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                _collect([fragments[node.name.value].selection_set], fragments, names, seen)
