"""Run a prepared operation inside the door that is open for it."""

from collections.abc import Awaitable
from typing import Any, TypeGuard, cast

from graphql import ExecutionResult

from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.documents import Prepared
from cxplatform.graphql.executor import OperationExecutor
from cxplatform.graphql.schema import served_schema


def run(prepared: Prepared, variables: dict[str, Any] | None, context: RequestContext) -> ExecutionResult:
    """Execute the operation; what fails in it is in the result, and nothing is raised."""
    executor = OperationExecutor.build(
        served_schema().core,
        prepared.document,
        context_value=context,
        raw_variable_values=variables,
        operation_name=prepared.operation.name.value if prepared.operation.name else None,
        is_awaitable=_never,
        plans=prepared.plans,
    )
    if isinstance(executor, list):
        return ExecutionResult(None, executor)
    return cast(ExecutionResult, executor.execute_operation())


def _never(value: object) -> TypeGuard[Awaitable[Any]]:
    """Say that nothing is awaited here, without looking."""
    return False
