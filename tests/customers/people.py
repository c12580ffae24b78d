"""Customers with something of every kind that names them, made by imports in the open brand door."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from apps.customers.identities.holders import every_reference
from apps.customers.models import Customer
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.upserts import upsert
from tests.interactions.cases.stored import NOW, START


def told(kind: str, *rows: dict[str, Any]) -> list[str]:
    """Import rows of the source `crm`, unless they say otherwise; return what became of them."""
    outcomes = upsert(kind_named(kind), [{"source": "crm", **row} for row in rows], now=NOW)
    return [str(outcome.status) for outcome in outcomes]


def come(customer: str, name: str, *, days: float = 0, source: str = "crm", reason: str = "Refund") -> None:
    """Let a customer make contact, order, answer, and go through a touchpoint."""
    when, row = (START + timedelta(days=days)).isoformat(), {"external_id": name, "customer": customer}
    row["source"] = source
    told("interactions", {**row, "channel": "PHONE", "opened_at": when, "reason": reason})
    told("orders", {**row, "ordered_at": when, "amount": "5", "currency": "USD"})
    told("survey-responses", {**row, "survey": "nps", "kind": "NPS", "score": 9, "answered_at": when})
    told("touchpoint-events", {**row, "touchpoint": "checkout", "occurred_at": when})


def customer(external_id: str, source: str = "crm") -> UUID:
    return Customer.objects.get(source=source, external_id=external_id).pk


def naming(customer_id: UUID) -> dict[str, int]:
    """Count, by table and column, what names a customer."""
    found = {
        f"{model._meta.model_name}.{column}": model._default_manager.filter(**{column: customer_id}).count()
        for model, column in every_reference()
    }
    return {what: count for what, count in found.items() if count}


def owners(model: type[Model]) -> dict[str, str]:
    """Return whose each row is by now, by the external ids of both."""
    return dict(model._default_manager.values_list("external_id", "customer__external_id"))
