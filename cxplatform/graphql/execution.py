"""One operation from its text to its answer: prepare, admit, open its door, run, encode.

The answer's bytes exist before the door closes. This is the one way in, for the web process and for the live one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import DatabaseError

from cxplatform.errors import BadInput
from cxplatform.faults import reached
from cxplatform.graphql.accesses import note_access, reaches_brand
from cxplatform.graphql.admission import Bill, admitted, charge_refusal
from cxplatform.graphql.answers import Answer, answer_of
from cxplatform.graphql.context import RequestContext, TooComplex
from cxplatform.graphql.documents import Documents, Prepared
from cxplatform.graphql.errors import DocumentRefused
from cxplatform.graphql.executor import transaction_is_broken
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.repeats import once
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.graphql.running import run
from cxplatform.graphql.schema import served_schema
from cxplatform.tenancy.doors import brand_tx, current_door, shared_tx
from cxplatform.tenancy.scope import unit_of_work


@cache
def documents() -> Documents:
    """Return the prepared operations of this process."""
    return Documents(served_schema())


def answer(request: GraphQLRequest, context: RequestContext, *, live: bool = False) -> Answer:
    """Run one query or mutation; `live`, a subscription too: one look at what it follows.

    Raises: DocumentRefused, DomainError; and whatever COMMIT raises, after which nothing of the answer is true.
    """
    prepared = _prepare(request, context)
    _check(prepared, context, live=live)
    cost = prepared.cost(request.variables)
    with (
        admitted(cost, context, seated=not live) as bill,
        unit_of_work(context.request_id),
        _door(prepared, context),
    ):
        made = once(request, prepared, context, lambda: _carry_out(request, prepared, context, bill))
        reached("answer-before-commit")
    reached("answer-committed")
    return made


def _carry_out(request: GraphQLRequest, prepared: Prepared, context: RequestContext, bill: Bill) -> Answer:
    result = run(prepared, request.variables, context)
    made = answer_of(result, extensions=_extensions(prepared, bill, context), live=prepared.follows)
    _check_that_it_holds(prepared)
    return made


def _prepare(request: GraphQLRequest, context: RequestContext) -> Prepared:
    """Return the operation. Raises: DocumentRefused, TooComplex; RateLimited, when even refusing is too much."""
    try:
        return documents().prepare(request.query, request.operation_name)
    except (DocumentRefused, TooComplex):
        charge_refusal(request.query, context)
        raise


def _check(prepared: Prepared, context: RequestContext, *, live: bool) -> None:
    """Insist that it may run here, for this brand. Raises: BadInput, BrandRequired, Forbidden."""
    if prepared.follows and not live:
        raise BadInput("Subscriptions are served by the live process: /graphql/ws and /graphql/stream.")
    if prepared.planes >= {Plane.SHARED, Plane.BRAND}:
        raise BadInput("What concerns brands, members and keys and what lies inside a brand are two operations.")
    if prepared.planes == {Plane.BRAND}:
        context.need_brand()


def _extensions(prepared: Prepared, bill: Bill, context: RequestContext) -> dict[str, Any] | None:
    """Tell the cost; not in a push, which is sent only when what it shows has changed."""
    if prepared.follows:
        return None
    return {"cost": bill.told(context.rows_read)}


@contextmanager
def _door(prepared: Prepared, context: RequestContext) -> Iterator[None]:
    if Plane.SHARED in prepared.planes:
        with shared_tx(read_only=not prepared.writes):
            yield
    elif context.brand is not None and reaches_brand(prepared, context):
        note_access(prepared, context)
        with brand_tx(context.brand, read_only=not prepared.writes):
            yield
    else:
        yield


def _check_that_it_holds(prepared: Prepared) -> None:
    """Raise DatabaseError where COMMIT would silently undo what the answer says was written."""
    if prepared.writes and current_door() is not None and transaction_is_broken():
        raise DatabaseError("The transaction broke; what the answer says was not done.")
