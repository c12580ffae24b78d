"""Twelve weeks in which the checkout goes badly in every way, and the delivery well; and a client that asks of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.customers.models import Customer
from apps.interactions.models import Interaction, Reason
from apps.journeys.models import Touchpoint, TouchpointEvent
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import admin, asker

__all__ = ["admin", "asker"]

NOW = datetime(2026, 4, 1, 16, tzinfo=UTC)
FIRST = NOW - timedelta(days=60)
OF = 100


@pytest.fixture
def told(db: None, acme: BrandRef) -> BrandRef:
    with brand_tx(acme):
        tell(60, since=FIRST)
        # Whether a contact has to be repeated is known once a week of contacts has come after it.
        Interaction.objects.create(external_id="last", channel="PHONE", opened_at=NOW - timedelta(days=1))
    return acme


def tell(bad: int, *, since: datetime, name: str = "") -> None:
    """Of 100 events at the checkout so many go badly, and 5 at the delivery; so do answers and contacts there."""
    survey, _ = Survey.objects.get_or_create(key="effort", defaults={"kind": "CES_7", "scope": "TRANSACTIONAL"})
    for key, count in (("checkout", bad), ("delivery", 5)):
        touchpoint, _ = Touchpoint.objects.get_or_create(key=key, defaults={"name": key.capitalize()})
        reason, _ = Reason.objects.get_or_create(path=key, defaults={"name": key})
        people = Customer.objects.bulk_create(Customer(external_id=f"{name}{key}-{number}") for number in range(OF))
        _events(touchpoint, people, bad=count, since=since, name=name)
        _answers(survey, touchpoint, people, bad=count, since=since, name=name)
        _contacts(touchpoint, reason, people, bad=count, since=since, name=name)


def _events(at: Touchpoint, people: list[Customer], *, bad: int, since: datetime, name: str) -> None:
    TouchpointEvent.objects.bulk_create(
        TouchpointEvent(
            external_id=f"{name}{at.key}-{number}", customer=person, touchpoint=at,
            occurred_at=since + timedelta(minutes=number), duration_ms=60_000 if number < bad else 1_000,
            outcome="SMOOTH" if number >= bad else "FAILED" if number % 2 else "FRICTION",
        )
        for number, person in enumerate(people)
    )  # fmt: skip


def _answers(of: Survey, at: Touchpoint, people: list[Customer], *, bad: int, since: datetime, name: str) -> None:
    SurveyResponse.objects.bulk_create(
        SurveyResponse(
            external_id=f"{name}{at.key}-{number}", survey=of, kind="CES_7", score=2 if number < bad else 6,
            answered_at=since + timedelta(minutes=number), customer=person, touchpoint=at,
        )
        for number, person in enumerate(people)
    )  # fmt: skip


def _contacts(at: Touchpoint, on: Reason, people: list[Customer], *, bad: int, since: datetime, name: str) -> None:
    """Everybody is in contact; so many are once more, a day later."""

    def contact(key: str, person: Customer, moment: datetime) -> Interaction:
        told: dict[str, Any] = {"channel": "PHONE", "answered": True, "talk_seconds": 180.0, "touchpoint": at}
        return Interaction(external_id=f"{name}{at.key}-{key}", customer=person, reason=on, opened_at=moment, **told)

    first = [contact(str(number), person, since) for number, person in enumerate(people)]
    again = [
        contact(f"{number}-again", person, since + timedelta(days=1)) for number, person in enumerate(people[:bad])
    ]
    Interaction.objects.bulk_create([*first, *again])
