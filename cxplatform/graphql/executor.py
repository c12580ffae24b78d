"""graphql-core's executor with two changes: pages are read by plans, and an answer cannot spoil a write."""

from typing import Any

import orjson
from django.db import transaction
from graphql import (
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    Undefined,
    get_named_type,
)
from graphql.execution import Executor
from graphql.language import FieldNode, OperationType
from graphql.pyutils import Path
from psycopg.pq import TransactionStatus

from cxplatform.errors import DomainError
from cxplatform.graphql.columnar import Columnar, shown_by_columns
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner.memo import Plans
from cxplatform.graphql.planner.reading import read_page
from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.graphql.planner.runs import Run
from cxplatform.graphql.plans import LEFT_TO_CORE, Plan, plan_of
from cxplatform.tenancy.doors import ALIAS, current_door, go_in


class OperationExecutor(Executor[Any]):
    """Run one operation synchronously."""

    def __init__(self, *args: Any, plans: Plans, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._connections = plans
        # A selection is the same object for all rows of a page, so it is planned once. It is kept, so that its id
        # is not given to another.
        self._plans: dict[int, tuple[object, Plan]] = {}

    def build_resolve_info(
        self, field_def: GraphQLField, field_nodes: list[FieldNode], parent_type: GraphQLObjectType, path: Path
    ) -> GraphQLResolveInfo[Any]:
        return GraphQLResolveInfo(
            field_nodes[0].name.value,
            field_nodes,
            field_def.type,
            parent_type,
            path,
            self.schema,
            self.fragment_definitions,
            self.root_value,
            self.operation,
            # Strawberry reads variables as a plain dict, where graphql-core has a container of its own.
            self.variable_values.coerced,  # type: ignore[arg-type]
            self.context_value,
            self.is_awaitable,
            self.abort_signal,
            self.async_helpers,
        )

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        path: Path | None,
        grouped_field_set: Any,
        position_context: Any,
    ) -> dict[str, Any]:
        """Read plain columns here; leave everything else, and every failure, to graphql-core."""
        planned = self._plans.get(id(grouped_field_set))
        if planned is None:
            planned = grouped_field_set, plan_of(parent_type, grouped_field_set)
            self._plans[id(grouped_field_set)] = planned
        results: dict[str, Any] = {}
        for name, read, details in planned[1]:
            value = read(source) if read is not None else LEFT_TO_CORE
            if value is LEFT_TO_CORE:
                field_path = Path(path, name, parent_type.name)
                value = self.execute_field(parent_type, source, details, field_path, position_context)
                if value is Undefined:
                    continue
            results[name] = value
        return results

    def complete_value(  # noqa: PLR0917  # graphql-core's signature
        self, return_type: Any, field_details_list: Any, info: Any, path: Path, result: Any, position_context: Any
    ) -> Any:
        """Complete a root field's value in a savepoint: if reading the answer breaks the transaction, that is undone.

        PostgreSQL turns the COMMIT of a broken transaction into a ROLLBACK without a word, so a mutation could
        otherwise say it was done and not have been.
        """
        if path.prev is not None or current_door() is None or not self._needs_savepoint():
            return self._completed(return_type, field_details_list, info, path, result, position_context)
        go_in()
        savepoint = transaction.savepoint(using=ALIAS)
        try:
            return self._completed(return_type, field_details_list, info, path, result, position_context)
        finally:
            if transaction_is_broken():
                transaction.savepoint_rollback(savepoint, using=ALIAS)
            else:
                transaction.savepoint_commit(savepoint, using=ALIAS)

    def _completed(  # noqa: PLR0917  # graphql-core's signature
        self, return_type: Any, field_details_list: Any, info: Any, path: Path, result: Any, position_context: Any
    ) -> Any:
        """Complete a page that was asked for by its plan, and anything else as graphql-core does."""
        if isinstance(result, PageQuery):
            shown = self._planned(result, return_type, field_details_list, info)
            if shown is not None:
                return shown
            result = result.read(info)
        return super().complete_value(return_type, field_details_list, info, path, result, position_context)

    def _planned(self, query: PageQuery, return_type: Any, details: Any, info: Any) -> orjson.Fragment | None:
        """Read a root connection by its plan; None, when there is none or the ordinary way must say what is wrong."""
        if query.link is not None:
            return None
        context: RequestContext = info.context
        plan = self._connections.of(self, query.node, get_named_type(return_type), details)
        if plan is None or not all(map(context.rights.may, plan.requires)):
            return None
        allowance = context.rows_left
        try:
            return read_page(plan, query, Run(self, info))
        except (NotPlanned, DomainError, GraphQLError):
            # Only reads were done, so all of them may be done again.
            context.rows_left = allowance
            return None

    def complete_list_value(  # noqa: PLR0917  # graphql-core's signature
        self, return_type: Any, field_details_list: Any, info: Any, path: Path, result: Any, position_context: Any
    ) -> Any:
        """Read a list that is kept by column as such, where only columns are selected."""
        item_type = get_named_type(return_type)
        if isinstance(result, Columnar) and isinstance(item_type, GraphQLObjectType):
            shown = shown_by_columns(result, item_type, self._selected(item_type, field_details_list), self._selected)
            if shown is not None:
                return shown
        return super().complete_list_value(return_type, field_details_list, info, path, result, position_context)

    def _selected(self, item_type: GraphQLObjectType, details: Any) -> dict[str, Any]:
        selected: dict[str, Any] = self.collect_subfields(item_type, details)[0]
        return selected

    def _needs_savepoint(self) -> bool:
        several = len(self.operation.selection_set.selections) > 1
        return several or self.operation.operation is OperationType.MUTATION


def transaction_is_broken() -> bool:
    """Tell whether a statement failed in the open transaction, so that nothing in it can be committed."""
    connection = transaction.get_connection(using=ALIAS).connection
    return connection is not None and connection.info.transaction_status == TransactionStatus.INERROR
