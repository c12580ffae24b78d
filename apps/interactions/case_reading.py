"""What cases are made of, read for a batch of customers: contacts, and what people decided about them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from apps.interactions.cases.joining import Contact
from apps.interactions.models import Case, CasePin, Interaction
from apps.interactions.reasons.merged import finals

# A customer's contacts on one reason.
Group = tuple[UUID, UUID]
_READ: Final = (
    "id", "opened_at", "source", "external_id", "channel", "talk_seconds", "hold_seconds", "after_call_seconds",
    "resolved", "resolved_at", "closed_at", "reopened_at", "case_id", "customer_id", "reason_id",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """Contacts and known cases by group, and contacts that leave a case for none.

    Reasons that were merged are those they were merged into.
    """

    contacts: Mapping[Group, list[Contact]]
    known: Mapping[Group, list[UUID]]
    left: Collection[UUID]


def told_of(customers: Collection[UUID], cases: Mapping[UUID, Case]) -> Told:
    """Read and lock these customers' contacts; pins hold among the contacts of the customer and reason they were of."""
    locked = Interaction.objects.select_for_update(no_key=True).order_by("source", "external_id")
    rows = list(locked.filter(customer__in=customers).values(*_READ))
    pins = {pin.interaction_id: pin for pin in CasePin.objects.filter(customer__in=customers)}
    named = {row["reason_id"] for row in rows} | {case.reason_id for case in cases.values()}
    named |= {pin.reason_id for pin in pins.values()}
    means = finals(named - {None})
    contacts: dict[Group, list[Contact]] = defaultdict(list)
    # Who is another's contact by now is put into that one's case when its turn comes.
    elsewhere = Interaction.objects.filter(case__in=list(cases)).exclude(customer__in=customers)
    left = set(elsewhere.values_list("pk", flat=True))
    for row in rows:
        if row["reason_id"] is not None:
            group = row["customer_id"], means[row["reason_id"]]
            pin = pins.get(row["id"])
            holds = pin is not None and (pin.customer_id, means[pin.reason_id]) == group
            contacts[group].append(_contact(row, pin.case_id if pin and holds else None))
        elif row["case_id"] is not None:
            left.add(row["id"])
    return Told(contacts, _by_group(cases.values(), means), left)


def _by_group(cases: Iterable[Case], means: Mapping[UUID, UUID]) -> dict[Group, list[UUID]]:
    known: dict[Group, list[UUID]] = defaultdict(list)
    for case in cases:
        known[case.customer_id, means[case.reason_id]].append(case.pk)
    return known


def _contact(row: Mapping[str, Any], pin: UUID | None) -> Contact:
    talk = row["talk_seconds"]
    seconds = None if talk is None else talk + (row["hold_seconds"] or 0) + (row["after_call_seconds"] or 0)
    key = (row["source"], row["external_id"])
    return Contact(row["id"], row["opened_at"], key, row["channel"], seconds, _is_done(row), row["case_id"], pin)


def _is_done(row: Mapping[str, Any]) -> bool:
    """Tell whether a contact stands resolved or closed: since it was last reopened, and nobody says otherwise."""
    if row["resolved"] is not None:
        return bool(row["resolved"])
    ends = [moment for moment in (row["resolved_at"], row["closed_at"]) if moment is not None]
    return bool(ends) and max(ends) >= max(row["reopened_at"] or ends)
