"""The peer of GraphQL: plain Django views that read the same rows by the ORM and dump them with orjson.

Same check of the key, same door; the shape of the answer is written into the view and cannot be asked otherwise.
"""

from base64 import b64encode
from collections import defaultdict
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.urls import path

from apps.accounts.authentication import authenticate
from apps.customers.models import ConsentRecord, Customer, Order
from apps.interactions.models import Case, Interaction
from apps.journeys.models import Handoff, PromiseOutcome, StageVisit, TouchpointEvent
from apps.surveys.models import SurveyResponse
from config.urls import urlpatterns as ours
from cxplatform.tenancy.doors import brand_tx

PAGE = 50
# Of each, what it is on a timeline as, and when it happened.
_TOLD = (
    (Interaction, "INTERACTION", "opened_at"),
    (TouchpointEvent, "TOUCHPOINT_EVENT", "occurred_at"),
    (SurveyResponse, "SURVEY_RESPONSE", "answered_at"),
    (Order, "ORDER", "ordered_at"),
    (Case, "CASE", "opened_at"),
    (ConsentRecord, "CONSENT", "at"),
    (Handoff, "HANDOFF", "handed_at"),
    (PromiseOutcome, "PROMISE", "occurred_at"),
    (StageVisit, "STAGE", "entered_at"),
)


def me(request: HttpRequest) -> HttpResponse:
    viewer, _ = authenticate(request.headers.get("Authorization"))
    shown = {"id": _id("Member", viewer.member_id), "name": viewer.member_name, "email": viewer.email}
    return _json({"me": shown})


def node(request: HttpRequest, key: UUID) -> HttpResponse:
    _, brand = authenticate(request.headers.get("Authorization"))
    assert brand is not None
    with brand_tx(brand, read_only=True):
        row = Interaction.objects.select_related("customer").get(pk=key)
        return _json({"node": _interaction(row)})


def interactions(request: HttpRequest) -> HttpResponse:
    _, brand = authenticate(request.headers.get("Authorization"))
    assert brand is not None
    with brand_tx(brand, read_only=True):
        newest = Interaction.objects.select_related("customer").order_by("-opened_at", "-id")
        rows = list(newest[: PAGE + 1])
        page = rows[:PAGE]
        answers = _answers_to(page)
        nodes = [
            {**_interaction(row), "surveyResponses": {"nodes": answers[row.source, row.external_id]}} for row in page
        ]
        return _json({"interactions": {"nodes": nodes, "pageInfo": {"hasNextPage": len(rows) > PAGE}}})


def timeline(request: HttpRequest, key: UUID) -> HttpResponse:
    _, brand = authenticate(request.headers.get("Authorization"))
    assert brand is not None
    with brand_tx(brand, read_only=True):
        Customer.objects.get(pk=key)
        told = [
            (getattr(row, moment), row.pk, kind, model.__name__)
            for model, kind, moment in _TOLD
            for row in model._default_manager.filter(customer=key).order_by(f"-{moment}", "-id")[:PAGE]
        ]
    nodes = [
        {"at": at, "kind": kind, "what": {"id": _id(name, pk)}}
        for at, pk, kind, name in sorted(told, reverse=True)[:PAGE]
    ]
    return _json({"node": {"timeline": {"nodes": nodes}}})


def timeline_count(request: HttpRequest, key: UUID) -> HttpResponse:
    _, brand = authenticate(request.headers.get("Authorization"))
    assert brand is not None
    with brand_tx(brand, read_only=True):
        Customer.objects.get(pk=key)
        count = sum(model._default_manager.filter(customer=key).count() for model, _, _ in _TOLD)
    return _json({"node": {"timeline": {"totalCount": count}}})


def _answers_to(page: list[Interaction]) -> dict[tuple[str, str | None], list[dict[str, Any]]]:
    rows = SurveyResponse.objects.filter(
        source__in={row.source for row in page}, interaction_external_id__in=[row.external_id for row in page]
    )
    found = defaultdict(list)
    for row in rows.order_by("-answered_at", "-id"):
        found[row.source, row.interaction_external_id].append(
            {
                "id": _id("SurveyResponse", row.id),
                "kind": row.kind,
                "score": row.score,
                "answeredAt": row.answered_at,
                "comment": row.comment,
            }
        )
    return found


def _interaction(row: Interaction) -> dict[str, Any]:
    customer = row.customer
    return {
        "id": _id("Interaction", row.id),
        "externalId": row.external_id,
        "channel": row.channel,
        "direction": row.direction,
        "openedAt": row.opened_at,
        "priority": row.priority,
        "waitSeconds": row.wait_seconds,
        "answered": row.answered,
        "resolved": row.resolved,
        "resolvedAt": row.resolved_at,
        "talkSeconds": row.talk_seconds,
        "transfers": row.transfers,
        "subject": row.subject,
        "customer": customer
        and {
            "id": _id("Customer", customer.id),
            "externalId": customer.external_id,
            "name": customer.name,
            "segment": customer.segment,
        },
    }


def _id(type_name: str, key: UUID) -> str:
    return b64encode(f"{type_name}:{key}".encode()).decode()


def _json(data: dict[str, Any]) -> HttpResponse:
    return HttpResponse(orjson.dumps({"data": data}), content_type="application/json")


urlpatterns = [
    *ours,
    path("peer/me", me),
    path("peer/nodes/<uuid:key>", node),
    path("peer/interactions", interactions),
    path("peer/timelines/<uuid:key>/page", timeline),
    path("peer/timelines/<uuid:key>/count", timeline_count),
]
