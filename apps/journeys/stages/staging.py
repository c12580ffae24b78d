"""Make marked customers' ways along journeys anew, whole, from all that is known of them. The only writer of stages.

A batch is one transaction. What is the same stays as it is, so running twice changes nothing, and so does whatever
order things became known in.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from uuid import UUID

from django.db.models import Model

from apps.customers.locking import lock_customers
from apps.journeys.models import JourneyProgress, StageMark, StageVisit
from apps.journeys.stages.maps import maps_of_brand
from apps.journeys.stages.moments import Map, Moment
from apps.journeys.stages.sources import moments_of
from apps.journeys.stages.walking import Visit, Walk
from cxplatform.ids import uuid7
from cxplatform.imports.loading import copy_rows, update_rows
from cxplatform.imports.tables import table_column
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.plans import plan_anew

MOST_CUSTOMERS: Final = 500
_TIMEOUT_MS: Final = 60_000
_VISIT: Final = (
    "stage_id", "stage_key", "touchpoint_id", "entered_at", "entered_by_kind", "entered_by_id", "came", "skipped",
    "again", "moments", "last_moment_at", "left_at", "ending",
)  # fmt: skip
_PROGRESS: Final = ("stage_id", "stage_key", "began_at", "since", "until", "visits", "last_moment_at")
# (customer, journey), and of a visit its number.
Rows = dict[tuple[Any, ...], tuple[Any, ...]]


def stage_marked(brand: BrandRef) -> bool:
    """Make one batch of marked customers' stages anew in a door of its own; tell whether more are marked."""
    with brand_tx(brand, statement_timeout_ms=_TIMEOUT_MS):
        plan_anew()
        first = StageMark.objects.order_by("id").values_list("customer_id", flat=True)[:MOST_CUSTOMERS]
        customers = set(first)
        if not customers:
            return False
        known = lock_customers(customers)
        # A mark that comes later may tell of what is not seen below.
        marks = list(StageMark.objects.filter(customer_id__in=customers).values_list("pk", flat=True))
        stage(known)
        StageMark.objects.filter(pk__in=marks).delete()
        return StageMark.objects.exists()


def stage(customers: Collection[UUID]) -> None:
    """Make the stages of customers that are locked anew."""
    visits: Rows = {}
    progress: Rows = {}
    for customer, journey, its in _walked(customers, maps_of_brand()):
        visits |= {(customer, journey, number): _visit(each) for number, each in enumerate(its, 1)}
        last = its[-1]
        progress[customer, journey] = (
            last.stage, last.stage_key, its[0].entered_at, last.entered_at, last.left_at, len(its),
            max(each.last_moment_at or each.entered_at for each in its),
        )  # fmt: skip
    _put(StageVisit, ("customer_id", "journey_id", "number"), _VISIT, visits, customers)
    _put(JourneyProgress, ("customer_id", "journey_id"), _PROGRESS, progress, customers)


def _walked(
    customers: Collection[UUID], maps: Mapping[UUID, Sequence[Map]]
) -> Iterator[tuple[UUID, UUID, list[Visit]]]:
    """Yield customer, journey and the visits, of each journey a customer was on."""
    placing: dict[UUID, set[UUID]] = {}
    for journey, versions in maps.items():
        for touchpoint in {each for version in versions for each in version.places}:
            placing.setdefault(touchpoint, set()).add(journey)
    for customer, told in groupby(moments_of(customers), key=itemgetter(0)):
        walks: dict[UUID, Walk] = {}
        for at, together in groupby((moment for _, moment in told), key=itemgetter(0)):
            known = [moment for moment in together if moment.touchpoint in placing]
            for journey in {each for moment in known for each in placing[moment.touchpoint]}:
                if journey not in walks:
                    walks[journey] = Walk(maps[journey])
                walks[journey].take(at, known)
        for journey, walk in walks.items():
            if visits := walk.ended():
                yield customer, journey, visits


def _visit(its: Visit) -> tuple[Any, ...]:
    by: Moment = its.entered_by
    ending = None if its.left is None else its.left.value
    return (
        its.stage, its.stage_key, by.touchpoint, its.entered_at, by.kind.value, by.id, its.came.value, its.skipped,
        its.again, its.moments, its.last_moment_at, its.left_at, ending,
    )  # fmt: skip


def _put(
    model: type[Model], keys: Sequence[str], told: Sequence[str], wanted: Rows, customers: Collection[UUID]
) -> None:
    """Let these be all rows of these customers: a statement each for those that are new, changed and gone."""
    count = len(keys)
    stored = {
        tuple(row[1 : count + 1]): (row[0], tuple(row[count + 1 :]))
        for row in model._default_manager.filter(customer__in=customers).values_list("pk", *keys, *told)
    }
    gone = [identity for key, (identity, _) in stored.items() if key not in wanted]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    changed = [(*row, stored[key][0]) for key, row in wanted.items() if key in stored and stored[key][1] != row]
    if changed:
        update_rows(model._meta.db_table, _columns(model, told), changed)
    fresh = [(uuid7(), *key, *row) for key, row in wanted.items() if key not in stored]
    if fresh:
        copy_rows(model._meta.db_table, _columns(model, ("id", *keys, *told)), fresh)


def _columns(model: type[Model], names: Sequence[str]) -> list[Any]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return [table_column(fields[name]) for name in names]
