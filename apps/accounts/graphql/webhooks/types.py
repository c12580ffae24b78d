from datetime import datetime
from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.graphql.webhooks.enums import (
    WebhookDeliveryState,
    WebhookDisabledReason,
    WebhookEndpointState,
)
from apps.accounts.graphql.webhooks.filters import DELIVERY_ORDERS, WebhookDeliveryWhere
from apps.accounts.permissions import Permission
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend
from cxplatform.webhooks import models


@strawberry.type(description="One try to deliver a webhook.")
class WebhookTry:
    at: datetime = column("When.")
    status: int | None = column("What was answered, as a status of HTTP; null when nothing was.")
    why: str | None = column("Why there was no answer, as FORBIDDEN_ADDRESS or TIMED_OUT; null when there was one.")
    milliseconds: int = column("How long it took.")


def _tries(root: strawberry.Parent[models.WebhookDelivery]) -> list[WebhookTry]:
    return [WebhookTry(**{**each, "at": datetime.fromisoformat(each["at"])}) for each in root.log]


def _events(root: strawberry.Parent[models.WebhookEndpoint]) -> list[str]:
    return list(root.events)


def _message_id(root: strawberry.Parent[models.WebhookDelivery]) -> str:
    return root.message_id


@strawberry_django.type(models.WebhookEndpoint, description="Where the brand is told of what happens.")
class WebhookEndpoint(Stored, Node):
    requires = Permission.MANAGE
    kept = ("events",)

    url: auto = column("Its address.")
    description: auto = column("What it is for; empty when nobody said.")
    events: list[str] = strawberry.field(resolver=_events, description="What it is told of.")
    state: WebhookEndpointState = column("Whether anything is sent there.")
    why_disabled: WebhookDisabledReason | None = column("Why nothing is; null when it is.")
    failing_since: auto = column("Since when nothing arrived; null when the last thing did.")
    previous_until: auto = column("Until when messages are signed by the previous secret as well; null: none was.")
    created_at: auto = column("When it was made.")
    updated_at: auto = column("When it last changed.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.WebhookDelivery, description="One event on its way to one endpoint.")
class WebhookDelivery(Stored, Node):
    requires = Permission.MANAGE
    kept = ("log",)

    event: auto = column("What happened.")
    state: WebhookDeliveryState = column("How far it came.")
    tries: auto = column("How often it was tried since it was made or last replayed.")
    next_at: auto = column("When it is tried next; null when it ended.")
    created_at: auto = column("When it was made, with what it tells of.")
    ended_at: auto = column("When it arrived or was given up; null until then.")
    message_id: str = strawberry.field(
        resolver=_message_id, description="Its `webhook-id`: the same at every try and replay."
    )
    log: list[WebhookTry] = strawberry.field(resolver=_tries, description="The last 30 tries, the oldest first.")
    endpoint: WebhookEndpoint | None = relation("Where to.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


extend(
    WebhookEndpoint,
    "deliveries",
    Connection[WebhookDelivery] | None,
    child_connection(
        Children(WebhookDelivery, DELIVERY_ORDERS, WebhookDeliveryWhere, ("endpoint_id",)),
        description="What was sent there; the newest first.",
    ),
)
