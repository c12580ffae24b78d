"""Stored contacts of customers, and their cases, made and read in the open brand door."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from apps.customers.models import Customer
from apps.interactions.joining import join
from apps.interactions.models import Case, CaseChange, Interaction, Reason

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def contact(
    external_id: str, days: float, *, customer: str | None = "ann", reason: str | None = "Refund", **more: Any
) -> Interaction:
    """Make a contact of so many days after the start; a minute of talk unless it says otherwise."""
    who = customer and Customer.objects.get_or_create(external_id=customer)[0]
    why = reason and Reason.objects.get_or_create(path=reason, defaults={"name": reason})[0]
    told = {"channel": "PHONE", "opened_at": START + timedelta(days=days), "talk_seconds": 60, **more}
    return Interaction.objects.create(external_id=external_id, customer=who or None, reason=why or None, **told)


def join_all() -> None:
    join(list(Customer.objects.values_list("pk", flat=True)), NOW)


def case_of(contact: Interaction) -> UUID:
    found = Interaction.objects.get(pk=contact.pk).case_id
    assert found is not None
    return found


def members() -> list[list[str]]:
    """List whose contacts cases hold, the case opened first coming first."""
    return [
        list(case.interactions.order_by("opened_at").values_list("external_id", flat=True))
        for case in Case.objects.order_by("opened_at", "customer__external_id", "reason__path", "last_contact_at")
    ]


def effort() -> tuple[int, float]:
    """Sum up over all cases: contacts, and seconds they were handled."""
    cases = list(Case.objects.all())
    return sum(case.contacts for case in cases), sum(case.handle_seconds or 0 for case in cases)


def history(case_id: UUID) -> list[tuple[Any, ...]]:
    """List what became of a case: kind, whether contacts came, how many, which, and whose doing it was."""
    rows = CaseChange.objects.filter(case=case_id).order_by("at", "id")
    return list(rows.values_list("kind", "came", "contacts", "interaction__external_id", "actor_name"))
