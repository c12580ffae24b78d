"""From a document's text to an operation ready to run; the work is done once a document."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.conf import settings
from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    ValidationRule,
    parse,
    specified_rules,
    validate,
    value_from_ast_untyped,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from cxplatform.errors import BadInput
from cxplatform.graphql.amounts import Weight
from cxplatform.graphql.context import TooComplex
from cxplatform.graphql.costs import Cost, cost_of
from cxplatform.graphql.errors import DocumentRefused
from cxplatform.graphql.limits import check_limits
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.planner.memo import Plans
from cxplatform.graphql.roots import root_fields
from cxplatform.graphql.schema import Schema
from cxplatform.graphql.tariff import Tariff
from cxplatform.graphql.weighing import Weigher

_KEPT_DOCUMENTS = 500
_KEPT_CHARACTERS = 1_000_000


class NoNullCharacter(ValidationRule):
    """Refuse U+0000 in a literal: neither text nor jsonb can hold it."""

    def enter_string_value(self, node: StringValueNode, *_args: Any) -> None:
        if "\0" in node.value:
            self.report_error(GraphQLError("Text may not hold the character U+0000.", node))


_RULES = [*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule, NoNullCharacter]


@dataclass(frozen=True)
class Prepared:
    """An operation of a validated document, its root fields by name, and the planes they are answered from."""

    document: DocumentNode
    operation: OperationDefinitionNode
    planes: frozenset[Plane]
    plans: Plans
    roots: tuple[str, ...]
    weight: Weight
    defaults: Mapping[str, Any]

    def cost(self, variables: Mapping[str, Any] | None) -> Cost:
        """Return what running it with these variables may cost. Raises: TooComplex."""
        return cost_of(self.weight, {**self.defaults, **(variables or {})})

    @property
    def writes(self) -> bool:
        return self.operation.operation is OperationType.MUTATION

    @property
    def follows(self) -> bool:
        return self.operation.operation is OperationType.SUBSCRIPTION


class Documents:
    """The operations prepared lately, bounded in number and in text."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._tariff = Tariff(schema.core)
        self._planes = {(field.operation, field.name): field.plane for field in root_fields(schema.core)}
        self._kept: OrderedDict[tuple[str, str | None], Prepared] = OrderedDict()
        self._characters = 0
        self._lock = Lock()

    def prepare(self, text: str, operation_name: str | None) -> Prepared:
        """Parse, limit and validate. Raises: DocumentRefused, TooComplex, BadInput."""
        key = (text, operation_name)
        with self._lock:
            prepared = self._kept.get(key)
            if prepared is not None:
                self._kept.move_to_end(key)
                return prepared
        prepared = self._prepare(text, operation_name)
        with self._lock:
            self._keep(key, prepared)
        return prepared

    def _keep(self, key: tuple[str, str | None], prepared: Prepared) -> None:
        if key not in self._kept:
            self._kept[key] = prepared
            self._characters += len(key[0])
        while len(self._kept) > _KEPT_DOCUMENTS or self._characters > _KEPT_CHARACTERS:
            (dropped, _), _ = self._kept.popitem(last=False)
            self._characters -= len(dropped)

    def _prepare(self, text: str, operation_name: str | None) -> Prepared:
        try:
            document = _parsed(text)
            check_limits(document)
            weights = Weigher(self._schema.core, self._tariff, document).weights()
            errors = validate(self._schema.core, document, _RULES, max_errors=20)
        except RecursionError:
            raise TooComplex("The document is nested too deep.") from None
        except GraphQLError as error:
            raise DocumentRefused([error]) from None
        if errors:
            raise DocumentRefused(errors)
        place, operation = _chosen(document, operation_name)
        roots = tuple(sorted(_root_names(document, operation)))
        kind = operation.operation.value
        # What begins with __ is answered from the schema.
        planes = frozenset(self._planes.get((kind, name), Plane.VIEWER) for name in roots)
        return Prepared(document, operation, planes, Plans(document), roots, weights[place], _defaults(operation))


def _parsed(text: str) -> DocumentNode:
    """Parse, up to the limit of tokens. Raises: TooComplex; GraphQLError."""
    most = settings.CX_MAX_TOKENS
    try:
        return parse(text, max_tokens=most)
    except GraphQLError as error:
        if f"more than {most} tokens" in error.message:
            raise TooComplex(f"A document has at most {most:,} tokens.") from None
        raise


def _chosen(document: DocumentNode, name: str | None) -> tuple[int, OperationDefinitionNode]:
    """Return the one operation that is run, and its place in the document. Raises: BadInput."""
    operations = [
        (place, node) for place, node in enumerate(document.definitions) if isinstance(node, OperationDefinitionNode)
    ]
    named = [found for found in operations if name is None or (found[1].name and found[1].name.value == name)]
    if not named:
        raise BadInput("The document has no operation of that name.", field="operationName")
    if len(named) > 1:
        raise BadInput("The document has several operations; choose one by operationName.", field="operationName")
    return named[0]


def _defaults(operation: OperationDefinitionNode) -> dict[str, Any]:
    return {
        definition.variable.name.value: value_from_ast_untyped(definition.default_value)
        for definition in operation.variable_definitions or ()
        if definition.default_value is not None
    }


def _root_names(document: DocumentNode, operation: OperationDefinitionNode) -> set[str]:
    """Collect the names of the root fields, those under @skip and @include too."""
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    names: set[str] = set()
    pending: list[SelectionSetNode] = [operation.selection_set]
    seen: set[str] = set()
    while pending:
        for node in pending.pop().selections:
            if isinstance(node, FieldNode):
                names.add(node.name.value)
            elif isinstance(node, InlineFragmentNode):
                pending.append(node.selection_set)
            elif isinstance(node, FragmentSpreadNode) and node.name.value not in seen:
                seen.add(node.name.value)
                pending.append(fragments[node.name.value].selection_set)
    return names
