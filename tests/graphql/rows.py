"""Valid rows, made in the open brand door."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from apps.customers.models import Customer
from apps.interactions.models import Agent, Interaction, Queue, Reason
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def customer(external_id: str, **values: Any) -> Customer:
    return Customer.objects.create(external_id=external_id, **values)


def interaction(external_id: str, **values: Any) -> Interaction:
    values = {"channel": "PHONE", "opened_at": START, **values}
    return Interaction.objects.create(external_id=external_id, **values)


def agent(key: str, member_id: UUID | None = None) -> Agent:
    return Agent.objects.create(key=key, member_id=member_id)


def answer_to(survey: Survey, external_id: str, score: int, **values: Any) -> SurveyResponse:
    values = {"answered_at": START, "kind": survey.kind, **values}
    return SurveyResponse.objects.create(survey=survey, external_id=external_id, score=score, **values)


def page_of_everything(brand: BrandRef, count: int) -> None:
    """Make so many interactions, each with a customer, a queue, an agent, a reason and an answer of its own."""
    with brand_tx(brand):
        survey = Survey.objects.create(key="after-call", kind="CSAT", scope="TRANSACTIONAL")
        root = Reason.objects.create(path="Billing", name="Billing")
        for number in range(count):
            made = interaction(
                f"i{number}",
                opened_at=START + timedelta(minutes=number),
                customer=customer(f"c{number}", name=f"Customer {number}"),
                queue=Queue.objects.create(key=f"queue {number}"),
                agent=agent(f"agent {number}"),
                reason=Reason.objects.create(path=f"Billing/{number}", name=str(number), parent=root),
            )
            answer_to(survey, f"a{number}", 5, customer=made.customer, interaction_external_id=made.external_id)
