"""Customers in a segment, a rule that is for them, and somebody who is told; made in the open brand door."""

from datetime import UTC, datetime, timedelta
from typing import Any

from apps.customers.models import ConsentPolicy, Customer, Segment, SegmentStay
from apps.insights.models import Outreach, ProactiveRule
from cxplatform.audit.actors import OPERATOR
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks import endpoints
from cxplatform.webhooks.models import WebhookDelivery, WebhookEndpoint
from tests import cluster

# A Monday; 08:00 in New York, where Acme is.
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DUE = "outreach.due"


def segment(key: str = "late parcels") -> Segment:
    """Make a segment, if it is not there; who is in it is written by hand."""
    usual = {"name": key, "rules": {"country": ["DE"]}, "version": 1, "created_at": NOW}
    return Segment.objects.get_or_create(key=key, defaults=usual)[0]


def people(number: int, within: Segment | None = None, since: datetime = NOW, prefix: str = "c") -> list[Customer]:
    """Make customers who are in a segment; who said nothing may be told."""
    ConsentPolicy.objects.get_or_create(purpose="OUTREACH", defaults={"opt_in": False})
    within = within or segment()
    made = [Customer(external_id=f"{prefix}-{place:05}", source="crm", country="DE") for place in range(number)]
    Customer.objects.bulk_create(made)
    SegmentStay.objects.bulk_create(SegmentStay(segment=within, customer=each, entered_at=since) for each in made)
    return made


def rule(key: str = "late", state: str = "APPROVED", **values: Any) -> ProactiveRule:
    usual = {
        "name": key, "segment": segment(), "kind": "PROACTIVE_NOTICE", "text": "Your parcel is a day late.",
        "channel": "EMAIL", "state": state, "state_since": NOW, "created_at": NOW, "updated_at": NOW,
        "approved_at": None if state == "DRAFT" else NOW,
    }  # fmt: skip
    return ProactiveRule.objects.create(key=key, **{**usual, **values})


def listen(url: str = "https://hooks.example/outreach", *events: str) -> None:
    """Have somebody told, if nobody is."""
    if not WebhookEndpoint.objects.filter(url=url).exists():
        endpoints.create_webhook_endpoint(
            actor=OPERATOR, url=url, events=list(events) or [DUE], description=None, now=NOW
        )


def arms(of: ProactiveRule) -> dict[str, str]:
    """Return what a rule decided, by the external id of whom it was about."""
    return dict(Outreach.objects.filter(rule=of).values_list("customer__external_id", "arm"))


def told() -> list[dict[str, Any]]:
    rows = WebhookDelivery.objects.filter(event=DUE).order_by("created_at", "id")
    return [row.payload["data"] for row in rows]


def filled(given: dict[str, Any]) -> dict[str, Any]:
    """Return a mutation's input with the ids of what it is about, made for Acme."""
    kind, _, state = str(given.get("id", "")).partition(":")
    if kind != "proactive rule":
        return given
    with brand_tx(cluster.ACME):
        listen()
        return given | {"id": global_id("ProactiveRule", rule(state=state).pk)}
