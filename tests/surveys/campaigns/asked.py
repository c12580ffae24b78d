"""Customers, what happened to them, and campaigns that ask about it, made in the open brand door."""

from datetime import UTC, datetime, timedelta
from typing import Any

from apps.customers.models import Customer
from apps.interactions.models import Interaction
from apps.surveys.campaigns.due import claim_due
from apps.surveys.campaigns.planning import plan
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Campaign, Invitation, Survey, SurveyVersion
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests import cluster

# A Monday; 08:00 in New York, where Acme is.
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def survey(key: str = "effort") -> Survey:
    """Make a survey with a form in force, if it is not there."""
    found, made = Survey.objects.get_or_create(key=key, kind="CES_7", scope="TRANSACTIONAL")
    if made:
        SurveyVersion.objects.create(
            survey=found, number=1, state="PUBLISHED", default_language="en", created_at=NOW, published_at=NOW
        )
    return found


def campaign(key: str = "after service", **values: Any) -> Campaign:
    """Make a campaign that runs since ten days ago."""
    since = NOW - 10 * DAY
    usual = {
        "survey": survey(), "state": "RUNNING", "state_since": since, "running_since": since, "channel": "EMAIL",
        "trigger": "INTERACTION_RESOLVED", "created_at": since, "updated_at": since,
    }  # fmt: skip
    return Campaign.objects.create(key=key, name=key, **{**usual, **values})


def person(name: str, **values: Any) -> Customer:
    return Customer.objects.create(external_id=name, source="crm", **{"email": f"{name}@example.com", **values})


def resolved(name: str, customer: Customer, at: datetime = NOW - timedelta(hours=2), **values: Any) -> Interaction:
    """Make a contact that was resolved at a moment."""
    return Interaction.objects.create(
        external_id=name, source="crm", channel="CHAT", customer=customer, opened_at=at - timedelta(hours=1),
        resolved_at=at, resolved=True, **values,
    )  # fmt: skip


def planned(brand: BrandRef, of: Campaign, now: datetime = NOW, page: int = 500) -> list[str]:
    """Look to the end; return whose invitations the campaign has by now."""
    while plan(brand, of.pk, now=now, page=page):
        pass
    rows = Invitation.objects.filter(campaign=of).order_by("planned_for", "pk")
    return list(rows.values_list("customer__external_id", flat=True))


def sent(now: datetime = NOW, limit: int = 100) -> list[str]:
    """Take what is due and say it is sent; return to whom."""
    rows = claim_due(limit, now)
    advance([row.pk for row in rows], "SENT", now)
    return [row.customer.external_id for row in rows if row.customer]


def whys() -> dict[str, str | None]:
    """Return of each customer's latest invitation how it stands: why it was not sent, or its state."""
    rows = Invitation.objects.order_by("created_at").values_list("customer__external_id", "why", "state")
    return {name: why or state for name, why, state in rows}


def filled(given: dict[str, Any]) -> dict[str, Any]:
    """Return a mutation's input with the ids of the survey, or of a campaign by hand in a state, made for Acme."""

    def made(what: Any) -> Any:
        kind, _, state = what.partition(":") if isinstance(what, str) else ("", "", "")
        if kind not in ("survey", "campaign") or (kind == "campaign" and not state):
            return what
        with brand_tx(cluster.ACME):
            row = campaign(state=state, trigger="BY_HAND") if state else survey()
        return global_id(kind.title(), row.pk)

    return {field: made(value) if field in ("id", "survey", "campaign") else value for field, value in given.items()}
