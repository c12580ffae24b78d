"""Make the cases of marked customers anew, from their contacts: a few statements for a batch, whatever it changes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from apps.customers.locking import lock_customers
from apps.interactions.case_history import BY_ITSELF, Cause, Move, write_down
from apps.interactions.case_reading import Group, Told, told_of
from apps.interactions.cases.joining import Contact, Summary, cases_of, chains, summary, survivors
from apps.interactions.models import Case, CaseMark, CaseState, Interaction, MergedCase
from apps.interactions.service_settings import joining_window
from cxplatform.ids import uuid7
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import table_column
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.plans import plan_anew

MOST_CUSTOMERS: Final = 500
_TIMEOUT_MS: Final = 60_000
_SUMS: Final = ("opened_at", "last_contact_at", "contacts", "channel_switches", "handle_seconds", "by_hand")
_TOLD: Final = (*_SUMS, "reason_id", "state", "updated_at")


def join_marked(brand: BrandRef, *, now: datetime) -> bool:
    """Make the cases of one batch of marked customers anew in a door of its own; tell whether more are marked."""
    with brand_tx(brand, statement_timeout_ms=_TIMEOUT_MS):
        plan_anew()
        first = CaseMark.objects.order_by("id").values_list("customer_id", flat=True)[:MOST_CUSTOMERS]
        customers = set(first)
        if not customers:
            return False
        known = lock_customers(customers)
        # A mark that comes later may tell of what is not seen below.
        marks = list(CaseMark.objects.filter(customer_id__in=customers).values_list("pk", flat=True))
        join(known, now)
        CaseMark.objects.filter(pk__in=marks).delete()
        return CaseMark.objects.exists()


def join(customers: Collection[UUID], now: datetime, cause: Cause = BY_ITSELF) -> None:
    """Make the cases of customers that are locked anew: what people decided is kept, the rest follows of itself."""
    cases = {case.pk: case for case in Case.objects.filter(customer__in=customers)}
    told = told_of(customers, cases)
    placed = list(_placed(told, cases, now))
    new = [case for case, _, is_new in placed if is_new is True]
    changed = [case for case, _, is_new in placed if is_new is False]
    # What people put together may be back under an id that led elsewhere meanwhile.
    MergedCase.objects.filter(pk__in=[case.pk for case in new]).delete()
    Case.objects.bulk_create(new)
    _store(Case, _TOLD, [(*(getattr(case, name) for name in _TOLD), case.pk) for case in changed])
    chained = [(case.pk, chain) for case, chain, _ in placed]
    moves = [(contact, case) for case, chain in chained for contact in chain if contact.case != case]
    _move(moves, told.left)
    gone = cases.keys() - {case for case, _ in chained}
    write_down(moves, survivors(chained, gone), cases.keys(), cause, now)
    Case.objects.filter(pk__in=gone).delete()


def _placed(told: Told, cases: Mapping[UUID, Case], now: datetime) -> Iterator[tuple[Case, list[Contact], bool | None]]:
    """Yield each case with its contacts, and whether its row is new, else whether it stays as it is: None."""
    window = joining_window()
    for group, contacts in told.contacts.items():
        chained = chains(contacts, window)
        for chain, case_id in zip(chained, cases_of(chained, told.known.get(group, ())), strict=True):
            known = cases.get(case_id) if case_id else None
            case = known or Case(id=case_id or uuid7(), customer_id=group[0], created_at=now)
            is_changed = _sum_up(case, group, summary(chain), now)
            yield case, chain, known is None if is_changed else None


def _move(moves: Sequence[Move], left: Collection[UUID]) -> None:
    rows = [(case, contact.id) for contact, case in moves] + [(None, identity) for identity in left]
    _store(Interaction, ["case"], sorted(rows, key=lambda row: str(row[1])))


def _sum_up(case: Case, group: Group, its: Summary, now: datetime) -> bool:
    """Write what a case comes to into its row, and tell whether that is anything new."""
    state = CaseState.RESOLVED if its.resolved else CaseState.OPEN
    told = {name: getattr(its, name) for name in _SUMS} | {"state": state, "reason_id": group[1]}
    if all(getattr(case, name) == value for name, value in told.items()):
        return False
    for name, value in (*told.items(), ("updated_at", now)):
        setattr(case, name, value)
    return True


def _store(model: type[Model], fields: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        update_rows(model._meta.db_table, [table_column(model._meta.get_field(name)) for name in fields], rows)
