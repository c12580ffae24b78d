"""Customers to whom many things happened, often several at once; made in the open brand door."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from apps.customers.models import Customer, Order, Referral
from apps.interactions.models import Case, Interaction, Reason
from apps.journeys.models import Touchpoint, TouchpointEvent
from apps.surveys.models import Survey, SurveyResponse
from tests.graphql.rows import START

# When it happened, which row tells of it, as what.
Told = tuple[datetime, UUID, str]


def live(name: str, count: int, seed: int) -> tuple[Customer, list[Told]]:
    """Make a customer and what happened to it: one entry of some kinds, `count` of those that repeat."""
    chance = random.Random(seed)
    joined, churned = START - timedelta(days=9), START + timedelta(days=9)
    customer = Customer.objects.create(external_id=name, joined_at=joined, churned_at=churned)
    other = Customer.objects.create(external_id=f"{name}-other")
    told = [(joined, customer.pk, "JOINED"), (churned, customer.pk, "CHURNED")]
    for kind, make, moment in _makers(customer):
        for number in range(count):
            # Seven moments for all of them.
            row = make(f"{name}-{kind}-{number}", START + timedelta(hours=chance.randrange(7)))
            told.append((getattr(row, moment), row.pk, kind))
    for referrer, brought, kind in ((customer, other, "REFERRED"), (other, customer, "BROUGHT")):
        row = Referral.objects.create(
            external_id=f"{name}-{kind}", referrer=referrer, customer=brought, referred_at=START
        )
        told.append((START, row.pk, kind))
    return customer, told


def _makers(customer: Customer) -> Iterator[tuple[str, Any, str]]:
    touchpoint, _ = Touchpoint.objects.get_or_create(key="checkout")
    survey, _ = Survey.objects.get_or_create(key="after-call", defaults={"kind": "CSAT"})
    reason, _ = Reason.objects.get_or_create(path="Billing", defaults={"name": "Billing"})
    of = {"customer": customer}
    money = {**of, "amount": 5, "currency": "EUR"}
    case = {"reason": reason, "state": "OPEN", "contacts": 1, "channel_switches": 0}
    yield (
        "INTERACTION",
        lambda key, at: Interaction.objects.create(
            external_id=key, opened_at=at, channel="PHONE", subject="Of hers alone", **of
        ),
        "opened_at",
    )
    yield (
        "TOUCHPOINT_EVENT",
        lambda key, at: TouchpointEvent.objects.create(external_id=key, occurred_at=at, touchpoint=touchpoint, **of),
        "occurred_at",
    )
    yield (
        "SURVEY_RESPONSE",
        lambda key, at: SurveyResponse.objects.create(
            external_id=key, answered_at=at, survey=survey, kind="CSAT", score=5, **of
        ),
        "answered_at",
    )
    yield "ORDER", lambda key, at: Order.objects.create(external_id=key, ordered_at=at, **money), "ordered_at"
    yield (
        "SUBSCRIPTION",
        lambda key, at: Order.objects.create(external_id=key, ordered_at=at, kind="RENEWAL", **money),
        "ordered_at",
    )
    yield (
        "CASE",
        lambda key, at: Case.objects.create(
            opened_at=at, last_contact_at=at, created_at=at, updated_at=at, **case, **of
        ),
        "opened_at",
    )
