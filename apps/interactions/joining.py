"""Make the cases of marked customers anew, from their contacts: a few statements for a batch, whatever it changes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from apps.customers.models import Customer
from apps.interactions.cases.joining import Contact, Summary, cases_of, chains, summary
from apps.interactions.models import Case, CaseMark, CaseState, Interaction
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import table_column
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

MOST_CUSTOMERS: Final = 500
_TIMEOUT_MS: Final = 60_000
_SUMS: Final = ("opened_at", "last_contact_at", "contacts", "channel_switches", "handle_seconds")
_TOLD: Final = (*_SUMS, "state", "updated_at")
# A customer's contacts on one reason.
Group = tuple[UUID, UUID]
_READ: Final = (
    "id", "opened_at", "source", "external_id", "channel", "talk_seconds", "hold_seconds", "after_call_seconds",
    "resolved", "resolved_at", "closed_at", "reopened_at", "case_id", "customer_id", "reason_id",
)  # fmt: skip


def join_marked(brand: BrandRef, *, now: datetime) -> bool:
    """Make the cases of one batch of marked customers anew in a door of its own; tell whether more are marked."""
    with brand_tx(brand, statement_timeout_ms=_TIMEOUT_MS):
        first = CaseMark.objects.order_by("id").values_list("customer_id", flat=True)[:MOST_CUSTOMERS]
        customers = set(first)
        if not customers:
            return False
        # Whoever else makes these customers' cases waits here. In the order in which imports lock.
        locked = Customer.objects.select_for_update(no_key=True).filter(pk__in=customers)
        known = [customer.pk for customer in locked.only("pk").order_by("source", "external_id")]
        # A mark that comes later may tell of what is not seen below.
        marks = list(CaseMark.objects.filter(customer_id__in=customers).values_list("pk", flat=True))
        _join(known, now)
        CaseMark.objects.filter(pk__in=marks).delete()
        return CaseMark.objects.exists()


def _join(customers: Sequence[UUID], now: datetime) -> None:
    cases = {case.pk: case for case in Case.objects.filter(customer__in=customers)}
    groups, moved = _contacts(customers, cases)
    known: dict[Group, list[UUID]] = defaultdict(list)
    for case in cases.values():
        known[case.customer_id, case.reason_id].append(case.pk)
    kept: set[UUID] = set()
    new: list[Case] = []
    changed: list[Case] = []
    for group, contacts in groups.items():
        chained = chains(contacts)
        for chain, case_id in zip(chained, cases_of(chained, known[group]), strict=True):
            case = cases[case_id] if case_id else Case(customer_id=group[0], reason_id=group[1], created_at=now)
            if case_id:
                kept.add(case_id)
            if _sum_up(case, summary(chain), now):
                (changed if case_id else new).append(case)
            moved |= {contact.id: case.pk for contact in chain if contact.case != case.pk}
    Case.objects.bulk_create(new)
    _store(Case, _TOLD, [(*(getattr(case, name) for name in _TOLD), case.pk) for case in changed])
    _store(Interaction, ["case"], sorted(((case, pk) for pk, case in moved.items()), key=lambda row: str(row[1])))
    Case.objects.filter(pk__in=cases.keys() - kept).delete()


def _contacts(
    customers: Sequence[UUID], cases: Mapping[UUID, Case]
) -> tuple[dict[Group, list[Contact]], dict[UUID, UUID | None]]:
    """Read and lock these customers' contacts by group, and which contacts leave a case for none."""
    locked = Interaction.objects.select_for_update(no_key=True).order_by("source", "external_id")
    groups: dict[Group, list[Contact]] = defaultdict(list)
    moved: dict[UUID, UUID | None] = {}
    for row in locked.filter(customer__in=customers).values(*_READ):
        if row["reason_id"] is not None:
            groups[row["customer_id"], row["reason_id"]].append(_contact(row))
        elif row["case_id"] is not None:
            moved[row["id"]] = None
    # Who is another's contact by now is put into that one's case when its turn comes.
    left = Interaction.objects.filter(case__in=list(cases)).exclude(customer__in=customers)
    moved |= dict.fromkeys(left.values_list("pk", flat=True))
    return groups, moved


def _contact(row: Mapping[str, Any]) -> Contact:
    talk = row["talk_seconds"]
    seconds = None if talk is None else talk + (row["hold_seconds"] or 0) + (row["after_call_seconds"] or 0)
    key = (row["source"], row["external_id"])
    return Contact(row["id"], row["opened_at"], key, row["channel"], seconds, _is_done(row), row["case_id"])


def _is_done(row: Mapping[str, Any]) -> bool:
    """Tell whether a contact stands resolved or closed: since it was last reopened, and nobody says otherwise."""
    if row["resolved"] is not None:
        return bool(row["resolved"])
    ends = [moment for moment in (row["resolved_at"], row["closed_at"]) if moment is not None]
    return bool(ends) and max(ends) >= max(row["reopened_at"] or ends)


def _sum_up(case: Case, its: Summary, now: datetime) -> bool:
    """Write what a case comes to into its row, and tell whether that is anything new."""
    state = CaseState.RESOLVED if its.resolved else CaseState.OPEN
    told = {name: getattr(its, name) for name in _SUMS} | {"state": state}
    if all(getattr(case, name) == value for name, value in told.items()):
        return False
    for name, value in (*told.items(), ("updated_at", now)):
        setattr(case, name, value)
    return True


def _store(model: type[Model], fields: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        update_rows(model._meta.db_table, [table_column(model._meta.get_field(name)) for name in fields], rows)
