"""Run a prepared operation inside the door that is open for it."""

from typing import Any

from graphql import ExecutionResult, execute_sync

from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.documents import Prepared
from cxplatform.graphql.executor import OperationExecutor
from cxplatform.graphql.schema import served_schema


def run(prepared: Prepared, variables: dict[str, Any] | None, context: RequestContext) -> ExecutionResult:
    """Execute the operation; what fails in it is in the result, and nothing is raised."""
    return execute_sync(
        served_schema().core,
        prepared.document,
        context_value=context,
        variable_values=variables,
        operation_name=prepared.operation.name.value if prepared.operation.name else None,
        executor_class=OperationExecutor,
    )
