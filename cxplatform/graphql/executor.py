"""graphql-core's executor with two changes: columns are read without ceremony, and an answer cannot spoil a write."""

from typing import Any

from django.db import connections, transaction
from graphql import GraphQLField, GraphQLLeafType, GraphQLNonNull, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution import Executor
from graphql.language import FieldNode, OperationType
from graphql.pyutils import Path
from graphql.type import is_leaf_type
from psycopg.pq import TransactionStatus

from cxplatform.graphql.relations import ReadColumn, ReadGlobalId
from cxplatform.tenancy.doors import ALIAS, current_door


class OperationExecutor(Executor[Any]):
    """Run one operation synchronously."""

    def build_resolve_info(
        self, field_def: GraphQLField, field_nodes: list[FieldNode], parent_type: GraphQLObjectType, path: Path
    ) -> GraphQLResolveInfo:
        # Strawberry reads variables as a plain dict, where graphql-core has a container of its own.
        info = super().build_resolve_info(field_def, field_nodes, parent_type, path)
        return info._replace(variable_values=self.variable_values.coerced)

    def execute_field(
        self, parent_type: GraphQLObjectType, source: Any, field_details_list: Any, path: Path, position_context: Any
    ) -> Any:
        """Read a plain column here; leave everything else, and every failure, to graphql-core."""
        field = parent_type.fields.get(field_details_list[0].node.name.value)
        if field is not None:
            value = _plain_value(field, source)
            if value is not None:
                return value
        return super().execute_field(parent_type, source, field_details_list, path, position_context)

    def complete_value(
        self, return_type: Any, field_details_list: Any, info: Any, path: Path, result: Any, position_context: Any
    ) -> Any:
        """Complete a root field's value in a savepoint: if reading the answer breaks the transaction, only that is lost.

        PostgreSQL turns the COMMIT of a broken transaction into a ROLLBACK without a word, so a mutation could
        otherwise say it was done and not have been.
        """
        if path.prev is not None or current_door() is None or not self._needs_savepoint():
            return super().complete_value(return_type, field_details_list, info, path, result, position_context)
        savepoint = transaction.savepoint(using=ALIAS)
        try:
            return super().complete_value(return_type, field_details_list, info, path, result, position_context)
        finally:
            if transaction_is_broken():
                transaction.savepoint_rollback(savepoint, using=ALIAS)
            else:
                transaction.savepoint_commit(savepoint, using=ALIAS)

    def _needs_savepoint(self) -> bool:
        several = len(self.operation.selection_set.selections) > 1
        return several or self.operation.operation is OperationType.MUTATION


def transaction_is_broken() -> bool:
    """Tell whether a statement failed in the open transaction, so that nothing in it can be committed."""
    connection = connections[ALIAS].connection
    return connection is not None and connection.info.transaction_status == TransactionStatus.INERROR


def _plain_value(field: GraphQLField, source: Any) -> Any:
    """Return a leaf's value ready for the answer; None, when it takes graphql-core to say what it is."""
    resolve = field.resolve
    if type(resolve) is ReadGlobalId:
        return resolve(source, None)  # type: ignore[arg-type]  # an id is written without looking at the request
    if type(resolve) is not ReadColumn or resolve.requires is not None:
        return None
    leaf = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    if not is_leaf_type(leaf):
        return None
    return _serialized(leaf, getattr(source, resolve.attribute, None))


def _serialized(leaf: GraphQLLeafType, value: Any) -> Any:
    if value is None or type(value) is str and leaf.name in ("String", "ID"):
        return value
    try:
        return leaf.coerce_output_value(value)
    except Exception:  # noqa: BLE001  # raised again, and reported, on the ordinary path
        return None
