"""What a document would do if it ran: how deep it is and what it costs, found in one walk whose own work is bounded.

Fields are walked as they are executed: selections of one response path are merged, and a fragment counts where it is
spread. Everything stops at the first limit passed, so doubled fragments cannot make the walk itself long.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)
from graphql.type import is_introspection_type

from cxplatform.graphql.amounts import NOTHING, Weight
from cxplatform.graphql.arguments import amount_of, page_size
from cxplatform.graphql.context import TooComplex
from cxplatform.graphql.prices import FREE, Amount
from cxplatform.graphql.tariff import Tariff

MAX_FIELDS = 2_000
# Validation compares all fields of one response path with each other: a path repeated n times costs it n².
MAX_REPEATS = 60

# A selection set and the type it selects from; None where the document is wrong, which validation will say.
_Part = tuple[GraphQLNamedType | None, SelectionSetNode]


@dataclass
class _Group:
    """The selections of one field under one response path."""

    node: FieldNode
    definition: GraphQLField | None
    parts: list[_Part] = field(default_factory=list)


@dataclass
class _Level:
    """One response path's fields while they are collected."""

    groups: dict[tuple[str, str, str], _Group] = field(default_factory=dict)
    repeats: Counter[str] = field(default_factory=Counter)
    seen: set[str] = field(default_factory=set)


class Weigher:
    """Weigh one document's operations."""

    def __init__(self, schema: GraphQLSchema, tariff: Tariff, document: DocumentNode) -> None:
        self._schema = schema
        self._tariff = tariff
        self._document = document
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._fields = 0

    def weights(self) -> dict[int, Weight]:
        """Weigh each operation, by its place in the document. Raises: TooComplex."""
        weights = {}
        for place, node in enumerate(self._document.definitions):
            if isinstance(node, OperationDefinitionNode):
                root = self._schema.get_root_type(node.operation)
                weights[place] = self._level([(root, node.selection_set)], 1, _deepest(root), 1)
            elif isinstance(node, FragmentDefinitionNode):
                # It may be spread nowhere, and is validated all the same.
                condition = self._condition(node)
                self._level([(condition, node.selection_set)], 1, _deepest(condition), 1)
        return weights

    def _level(self, parts: Iterable[_Part], depth: int, deepest: int, page: Amount) -> Weight:
        level = _Level()
        for parent, selection_set in parts:
            self._collect(parent, selection_set, level)
        if level.groups and depth > deepest:
            raise TooComplex(f"Fields may be nested at most {deepest} deep.")
        total = NOTHING
        for group in level.groups.values():
            total += self._group(group, depth, deepest, page)
        return total

    def _collect(self, parent: GraphQLNamedType | None, selection_set: SelectionSetNode, level: _Level) -> None:
        for node in selection_set.selections:
            self._count()
            if isinstance(node, FieldNode):
                self._add(parent, node, level)
            elif isinstance(node, InlineFragmentNode):
                self._collect(self._condition(node) or parent, node.selection_set, level)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in level.seen:
                level.seen.add(node.name.value)
                fragment = self._fragments.get(node.name.value)
                if fragment is not None:
                    self._collect(self._condition(fragment), fragment.selection_set, level)

    def _count(self) -> None:
        self._fields += 1
        if self._fields > MAX_FIELDS:
            raise TooComplex(
                f"A document selects at most {MAX_FIELDS:,} fields, fragments counted where they are spread."
            )

    def _add(self, parent: GraphQLNamedType | None, node: FieldNode, level: _Level) -> None:
        path, name = node.alias.value if node.alias else node.name.value, node.name.value
        level.repeats[path] += 1
        if level.repeats[path] > MAX_REPEATS:
            raise TooComplex(f"The same field may be selected at most {MAX_REPEATS} times in one place.")
        key = (path, parent.name if parent else "", name)
        group = level.groups.get(key)
        if group is None:
            definition = self._schema.get_field(parent, name) if parent else None  # type: ignore[arg-type]  # what has no fields gives None
            group = level.groups[key] = _Group(node, definition)
        if node.selection_set:
            below = get_named_type(group.definition.type) if group.definition else None
            group.parts.append((below, node.selection_set))

    def _group(self, group: _Group, depth: int, deepest: int, page: Amount) -> Weight:
        name = group.node.name.value
        price = self._tariff.price(name, group.definition) if group.definition else FREE
        if price is FREE and not group.parts:
            return NOTHING
        if group.parts:
            deepest = max(deepest, _deepest(group.parts[0][0]))
        sized = page_size(group.node) if price.pages else 1
        below = self._level(group.parts, depth + 1, deepest, sized) if group.parts else NOTHING
        below = (below + Weight(price.each)).times(page if price.paged else amount_of(price.times, group.node))
        return Weight(amount_of(price.own, group.node)) + (below.as_rows() if price.rows else below)

    def _condition(self, node: FragmentDefinitionNode | InlineFragmentNode) -> GraphQLNamedType | None:
        return self._schema.type_map.get(node.type_condition.name.value) if node.type_condition else None


def _deepest(parent: GraphQLNamedType | None) -> int:
    introspects = parent is not None and is_introspection_type(parent)
    deepest: int = settings.CX_MAX_INTROSPECTION_DEPTH if introspects else settings.CX_MAX_DEPTH
    return deepest
