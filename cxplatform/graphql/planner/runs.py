"""One run of a plan: the operation it belongs to."""

from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType
from graphql.execution import Executor
from graphql.execution.values import get_argument_values

from cxplatform.graphql.context import ResolveInfo
from cxplatform.graphql.page_queries import PageQuery


@dataclass(frozen=True)
class Run:
    """What plans need of a request: who asks, and the values of variables."""

    executor: Executor[Any]
    info: ResolveInfo

    def ask(self, owner: GraphQLObjectType, field: GraphQLField, nodes: list[FieldNode]) -> PageQuery:
        """Call a child connection's resolver once for all parents: it checks the arguments. Raises: BadInput."""
        arguments = get_argument_values(field, nodes[0], self.executor.variable_values)
        info = self.executor.build_resolve_info(field, nodes, owner, self.info.path)
        assert field.resolve is not None, "a child connection has a resolver"
        query: PageQuery = field.resolve(None, info, **arguments)
        return query
