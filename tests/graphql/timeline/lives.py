"""Customers to whom many things happened, often several at once; made in the open brand door."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from apps.customers.models import ConsentRecord, Customer, Order, Referral
from apps.interactions.models import Case, Interaction, Reason
from apps.journeys.models import Handoff, PromiseOutcome, StageVisit, Touchpoint, TouchpointEvent
from apps.surveys.models import Survey, SurveyResponse
from tests.graphql.rows import START
from tests.graphql.timeline.mapped import Mapped, mapped

# When it happened, which row tells of it, as what.
Told = tuple[datetime, UUID, str]


def live(name: str, count: int, seed: int) -> tuple[Customer, list[Told]]:
    """Make a customer and what happened to it: one entry of some kinds, `count` of those that repeat."""
    chance = random.Random(seed)
    joined, churned = START - timedelta(days=9), START + timedelta(days=9)
    customer = Customer.objects.create(external_id=name, joined_at=joined, churned_at=churned)
    other = Customer.objects.create(external_id=f"{name}-other")
    told = [(joined, customer.pk, "JOINED"), (churned, customer.pk, "CHURNED")]
    for kind, make, moment in [*_makers(customer), *_derived(customer, mapped())]:
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
    survey, _ = Survey.objects.get_or_create(key="after-call", defaults={"kind": "CSAT", "scope": "TRANSACTIONAL"})
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
    yield (
        "CONSENT",
        lambda key, at: ConsentRecord.objects.create(external_id=key, at=at, purpose="SURVEYS", granted=True, **of),
        "at",
    )


def _derived(customer: Customer, on: Mapped) -> Iterator[tuple[str, Any, str]]:
    """Make what journeys say of a customer: hand-offs, what became of promises, and visits of stages."""
    of = {"customer": customer}
    yield (
        "HANDOFF",
        lambda key, at: Handoff.objects.create(
            external_id=key, handed_at=at, from_department=on.shop, to_department=on.care, **of
        ),
        "handed_at",
    )
    yield (
        "PROMISE",
        lambda key, at: PromiseOutcome.objects.create(
            id=uuid4(),
            promise=on.promise,
            evidence_kind="TouchpointEvent",
            evidence_id=uuid4(),
            occurred_at=at,
            outcome="KEPT",
            decided_by="CRITERION",
            maker=on.shop,
            **of,
        ),
        "occurred_at",
    )
    yield (
        "STAGE",
        lambda key, at: StageVisit.objects.create(
            journey=on.stage.version.journey,
            number=int(key.rpartition("-")[2]),
            stage=on.stage,
            stage_key="buy",
            touchpoint=on.touchpoint,
            entered_at=at,
            entered_by_kind="TOUCHPOINT_EVENT",
            entered_by_id=uuid4(),
            came="BEGAN",
            skipped=0,
            again=0,
            moments=1,
            last_moment_at=at,
            **of,
        ),
        "entered_at",
    )
