"""The one HTTP endpoint of GraphQL: POST /graphql."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from cxplatform.errors import BadInput
from cxplatform.graphql.answers import Answer, refusal_of
from cxplatform.graphql.authenticating import authenticator
from cxplatform.graphql.bodies import body_of
from cxplatform.graphql.body_seats import body_seat
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.errors import DocumentRefused, status_of
from cxplatform.graphql.execution import answer
from cxplatform.graphql.graphiql.page import page, page_wanted
from cxplatform.graphql.negotiation import LEGACY, answer_type, readable
from cxplatform.graphql.requests import request_of_body
from cxplatform.idempotency.calls import HEADER
from cxplatform.tenancy.scope import current_request_id
from cxplatform.throttle.entrance import entrance_of


@csrf_exempt  # no cookie is read here: the bearer token is what a forged request would lack
def graphql_view(request: HttpRequest) -> HttpResponse:
    """Answer one GraphQL request; never raises."""
    if page_wanted(request):
        return page(request)
    media_type = answer_type(request.headers.get("Accept"))
    if media_type is None:
        return _refused("The answer is application/graphql-response+json or application/json.", 406)
    if request.method != "POST":
        response = _refused("Send the operation by POST.", 405, media_type)
        response["Allow"] = "POST"
        return response
    if not readable(request.headers.get("Content-Type")):
        return _refused("The body is application/json in UTF-8.", 415, media_type)
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        return _refused("The body is not compressed.", 415, media_type)
    made, document_fault = _answered(request)
    legacy = media_type == LEGACY
    status = status_of(made.errors, executed=made.executed, legacy_json=legacy, document_fault=document_fault)
    response = _response(made, status, media_type)
    if made.replayed:
        response["Idempotency-Replayed"] = "true"
    return response


def _answered(request: HttpRequest) -> tuple[Answer, bool]:
    """Return the answer, and whether what is wrong with it lies in the document."""
    entrance = entrance_of(request)
    try:
        # Who asks comes first: whoever sends slowly or never ends holds a thread, which no stranger may.
        context = entrance.authenticated(lambda: _context(request))
        with body_seat(context.brand.id if context.brand else context.viewer.member_id):
            body = body_of(request)
        asked = replace(request_of_body(body), idempotency_key=request.headers.get(HEADER))
        with entrance.telling_to_wait():
            made = answer(asked, context)
    except DocumentRefused as refusal:
        return refusal_of(refusal.errors), True
    except Exception as error:  # noqa: BLE001  # formatted() logs it under an incident id and shows no word of it
        return refusal_of([error]), False
    return made, not made.executed


def _context(request: HttpRequest) -> RequestContext:
    viewer, brand = authenticator()(
        request.headers.get("Authorization"),
        brand_header=request.headers.get("X-Brand"),
        host=request.headers.get("Host"),
    )
    return RequestContext(viewer, brand, timezone.now(), current_request_id())


def _refused(message: str, status: int, media_type: str = LEGACY) -> HttpResponse:
    made = refusal_of([BadInput(message)])
    return _response(made, status, media_type)


def _response(made: Answer, status: int, media_type: str) -> HttpResponse:
    response = HttpResponse(made.body, status=status, content_type=f"{media_type}; charset=utf-8")
    response["Cache-Control"] = "no-store"
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if status == 429:
        response["Retry-After"] = str(made.errors[0]["extensions"]["retryAfterSeconds"])
    return response
