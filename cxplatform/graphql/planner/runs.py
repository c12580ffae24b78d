"""One run of a plan: the operation it belongs to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from graphql import FieldNode, GraphQLField, GraphQLObjectType
from graphql.execution import Executor
from graphql.execution.values import get_argument_values

from cxplatform.graphql.context import ResolveInfo
from cxplatform.graphql.nodes import read_within
from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner.rows import Rows


@dataclass(frozen=True)
class Run:
    """What plans need of a request: who asks, the values of variables, and the allowance of rows."""

    executor: Executor[Any]
    info: ResolveInfo

    def read(self, queryset: "QuerySet[Any]", columns: tuple[str, ...]) -> Rows:
        """Read the columns of these rows. Raises: TooComplex."""
        names = tuple(dict.fromkeys(columns))
        return Rows(names, read_within(queryset.values_list(*names), self.info.context))

    def ask(self, owner: GraphQLObjectType, field: GraphQLField, nodes: list[FieldNode], parents: Rows) -> PageQuery:
        """Call a child connection's resolver once for all parents: it checks the arguments. Raises: BadInput."""
        arguments = get_argument_values(field, nodes[0], self.executor.variable_values)
        info = self.executor.build_resolve_info(field, nodes, owner, self.info.path)
        assert field.resolve is not None, "a child connection has a resolver"
        query: PageQuery = field.resolve(parents, info, **arguments)
        return query
