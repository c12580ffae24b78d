"""The plans of one document: made once, whoever asks and with whatever values."""

from functools import cached_property
from typing import Any

from graphql import DirectiveNode, DocumentNode, FragmentDefinitionNode, GraphQLObjectType, VariableNode, Visitor, visit
from graphql.execution import Executor

from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.planner.building import Planner
from cxplatform.graphql.planner.pages import Pages
from cxplatform.graphql.planner.refusals import NotPlanned

# Fields times values of the variables under @skip and @include; past this a plan is made for one request.
_MOST_KEPT = 64


class Plans:
    """Plans by the connection's nodes in the document, and by what decides which selections are left out."""

    def __init__(self, document: DocumentNode) -> None:
        self._document = document
        # By ids: the nodes live as long as the document does.
        self._kept: dict[tuple[Any, ...], Pages | None] = {}

    @cached_property
    def _conditions(self) -> list[str]:
        conditions = _Conditions()
        visit(self._document, conditions)
        return sorted(conditions.names)

    def _variables_below(self, details: list[Any]) -> tuple[str, ...]:
        """List the variables used in what is selected of a connection, and in any fragment."""
        used = _Used()
        for each in details:
            visit(each.node.selection_set, used)
        for definition in self._document.definitions:
            if isinstance(definition, FragmentDefinitionNode):
                visit(definition, used)
        return tuple(sorted(used.names))

    def of(
        self, executor: Executor[Any], node: type[Stored], connection: GraphQLObjectType, details: list[Any]
    ) -> Pages | None:
        """Return the plan of a connection's selection; None, when it cannot be planned."""
        values = executor.variable_values.coerced
        key = (*(id(each.node) for each in details), *(values.get(name) for name in self._conditions))
        if key in self._kept:
            return self._kept[key]
        try:
            plan = Planner(executor).connection(node, connection, details)
            plan.variables = self._variables_below(details)
        except NotPlanned:
            plan = None
        if len(self._kept) < _MOST_KEPT:
            self._kept[key] = plan
        return plan


class _Conditions(Visitor):
    """Collects the variables that directives use."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_args: Any) -> None:
        values = [argument.value for argument in node.arguments or ()]
        self.names |= {value.name.value for value in values if isinstance(value, VariableNode)}


class _Used(Visitor):
    """Collects all variables."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_variable(self, node: VariableNode, *_args: Any) -> None:
        self.names.add(node.name.value)
