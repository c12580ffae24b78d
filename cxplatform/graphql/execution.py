"""One operation, one door: decide which, run inside it, and have the answer's bytes before it closes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import DatabaseError
from graphql import ExecutionResult, OperationType, execute_sync

from cxplatform.errors import BadInput
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.documents import Documents, Prepared
from cxplatform.graphql.encoding import encode
from cxplatform.graphql.errors import FormattedError, formatted
from cxplatform.graphql.executor import OperationExecutor, transaction_is_broken
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.graphql.schema import served_schema
from cxplatform.tenancy.doors import brand_tx, current_door, shared_tx
from cxplatform.tenancy.scope import unit_of_work


@dataclass(frozen=True)
class Answer:
    """An answer's bytes and what its status depends on."""

    body: bytes
    errors: list[FormattedError]
    executed: bool
    live: bool = False


@cache
def documents() -> Documents:
    """Return the prepared operations of this process."""
    return Documents(served_schema())


def answer(request: GraphQLRequest, context: RequestContext, *, live: bool = False) -> Answer:
    """Run one query or mutation; `live`, a subscription too: one look at what it follows.

    Raises: DocumentRefused, DomainError; and whatever COMMIT raises, after which nothing of the answer is true.
    """
    prepared = documents().prepare(request.query, request.operation_name)
    if prepared.operation.operation is OperationType.SUBSCRIPTION and not live:
        raise BadInput("Subscriptions are served by the live process: /graphql/ws and /graphql/stream.")
    _check_planes(prepared, context)
    with unit_of_work(), _door(prepared, context):
        result = execute_sync(
            served_schema().core,
            prepared.document,
            context_value=context,
            variable_values=request.variables,
            operation_name=request.operation_name,
            executor_class=OperationExecutor,
        )
        made = _made(result, live=prepared.operation.operation is OperationType.SUBSCRIPTION)
        if prepared.writes and current_door() is not None and transaction_is_broken():
            raise DatabaseError("The transaction broke; what the answer says was not done.")
    return made


def _made(result: ExecutionResult, *, live: bool) -> Answer:
    errors = [formatted(error) for error in result.errors or ()]
    body: dict[str, Any] = {}
    if errors:
        body["errors"] = errors
    # What has neither data nor an error at a place in it was not executed: a variable did not coerce.
    executed = result.data is not None or any(error.path for error in result.errors or ())
    if executed:
        body["data"] = result.data
    return Answer(encode(body), errors, executed, live)


def _check_planes(prepared: Prepared, context: RequestContext) -> None:
    if prepared.planes >= {Plane.SHARED, Plane.BRAND}:
        raise BadInput("Changes of brands or keys and changes inside a brand are two operations.")
    if prepared.planes == {Plane.BRAND}:
        context.need_brand()


@contextmanager
def _door(prepared: Prepared, context: RequestContext) -> Iterator[None]:
    if Plane.SHARED in prepared.planes:
        with shared_tx(read_only=not prepared.writes):
            yield
    elif context.brand is not None and prepared.planes & {Plane.BRAND, Plane.NODE}:
        with brand_tx(context.brand, read_only=not prepared.writes):
            yield
    else:
        yield
