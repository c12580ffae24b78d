"""A mutation under an Idempotency-Key is carried out once and answered the same however often it is sent."""

from collections.abc import Callable

from cxplatform.graphql.answers import Answer
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.documents import Prepared
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.idempotency.calls import Call, begin, call_of, finish, give_up
from cxplatform.tenancy.doors import current_door


def once(
    request: GraphQLRequest, prepared: Prepared, context: RequestContext, carry_out: Callable[[], Answer]
) -> Answer:
    """Carry an operation out in the open door, or return the very bytes it was answered with when it was.

    What failed as a whole is not kept, and is tried again. Raises: BadInput, Conflict, StillRunning, TooLarge.
    """
    call = _call(request, prepared, context)
    if call is None:
        return carry_out()
    known = begin(call, now=context.now)
    if known is not None:
        return Answer(known, [], executed=True, replayed=True)
    made = carry_out()
    if made.in_vain:
        give_up(call)
    else:
        finish(call, made.body)
    return made


def _call(request: GraphQLRequest, prepared: Prepared, context: RequestContext) -> Call | None:
    """Return the call this is; None for what only reads, whose key means nothing."""
    if request.idempotency_key is None or not prepared.writes or current_door() is None:
        return None
    asked = {
        "document": request.query,
        "variables": request.variables or {},
        "operationName": request.operation_name,
        "brand": str(context.brand.id) if context.brand else None,
    }
    return call_of(request.idempotency_key, caller=context.viewer.key_id, asked=asked)
