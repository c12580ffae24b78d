"""Make interactions' columns anew from their events; the only writer of what events tell. Runs inside the open door.

One of the modules that may write SQL by hand. Set-based: a handful of statements, however many interactions. Whoever
adds to one interaction waits for whoever else does, and then reads what the other wrote. Locks are taken in the order
in which imports take them, so nobody waits in a circle.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Final
from uuid import UUID

import msgspec
import orjson

from apps.interactions.case_marks import mark_customers
from apps.interactions.models import Interaction, TimingSource
from apps.interactions.placing.placing import place
from apps.interactions.reasons.merged import final
from apps.interactions.slas.marks import mark_told
from apps.interactions.timing.columns import COLUMNS, Columns, derive
from apps.interactions.timing.events import Event, EventKind
from apps.interactions.timing.results import Standing
from apps.interactions.topics import tell_interactions
from apps.interactions.work.rows import keep_work
from cxplatform.dirty.marks import mark
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import TableColumn, table_column
from cxplatform.tenancy.doors import current_brand, sql

# (source, external_id) of an interaction.
InteractionKey = tuple[str, str]

TOPIC: Final = "interaction"
# What is counted at the moments of these columns, besides what is at the opening.
MOVES: Final = ("interaction_moves", ("opened_at", "first_resolved_at", "resolved_at", "closed_at", "reopened_at"))
_TABLE: Final = Interaction._meta.db_table
_LOCKED: Final = f"""
    SELECT id, external_id, opened_at, customer_id, timing_source, as_imported, {", ".join(COLUMNS)}
    FROM {_TABLE} WHERE source = %s AND external_id = ANY(%s) ORDER BY external_id FOR NO KEY UPDATE"""  # noqa: S608  # our own names
_EVENTS: Final = """
    SELECT interaction_external_id, kind, at, external_id, agent_id, queue_id, priority, reason_id, until
    FROM interactions_interactionevent WHERE source = %s AND interaction_external_id = ANY(%s)"""
_WITH_EVENTS: Final = """
    SELECT key FROM unnest(%s::text[]) AS key
    WHERE EXISTS (SELECT FROM interactions_interactionevent WHERE source = %s AND interaction_external_id = key)"""
_KNOWN: Final = "SELECT external_id FROM interactions_interaction WHERE source = %s AND external_id = ANY(%s)"


@dataclass(frozen=True, slots=True)
class Refolded:
    """An interaction after its events were taken in: what its columns hold, how it stands, and all of its events."""

    id: UUID
    key: InteractionKey
    opened_at: datetime
    columns: Columns
    standing: Standing
    events: Sequence[Event]


def refold(keys: Iterable[InteractionKey], *, now: datetime, as_written: bool = False) -> list[Refolded]:
    """Lock the interactions of these keys, derive what their events tell, store it and mark their days.

    Keys of no interaction are passed over: their events wait for it. One without events is told of as its row stands.
    `as_written` says that an import has just written the columns, so they hold what the rows say.
    """
    refolded: list[Refolded] = []
    changed: list[tuple[Any, ...]] = []
    customers: set[UUID | None] = set()
    opened: set[datetime] = set()
    moved: set[datetime] = set()
    counts_under = cache(final)
    for source, external_ids in _by_source(keys).items():
        rows = _fetched(_LOCKED, source, external_ids)
        events = _events(source, [row[1] for row in rows])
        for identity, external_id, opened_at, customer_id, timing_source, as_imported, *values in rows:
            its = events.get(external_id, ())
            stored = _columns(values)
            said = stored if as_imported is None or as_written else as_given(_json(as_imported))
            columns, standing = derive(said, its, opened_at=opened_at)
            if columns.reason_id not in (None, stored.reason_id):
                # Events and rows keep naming a reason that was merged until its rows are moved.
                columns = replace(columns, reason_id=counts_under(columns.reason_id))
            refolded.append(Refolded(identity, (source, external_id), opened_at, columns, standing, its))
            if its and (columns != stored or as_written or timing_source != TimingSource.EVENTS):
                changed.append((TimingSource.EVENTS.value, now, _kept(said), *_values(columns), identity))
                opened.add(opened_at)
                customers.add(customer_id)
                moved |= _moves(stored) | _moves(columns)
    if changed:
        update_rows(_TABLE, _changing(), changed)
        zone = current_brand().zone
        mark(TOPIC, {moment.astimezone(zone).date() for moment in opened})
        mark_customers(customers)
        place([row[-1] for row in changed])
        mark(MOVES[0], {moment.astimezone(zone).date() for moment in opened | moved})
        tell_interactions(row[-1] for row in changed)
    keep_work(refolded, now=now)
    # A target may start, pause and end by events that change no column.
    mark_told((its.id, its.opened_at) for its in refolded if its.events)
    return refolded


def refold_written(keys: Collection[InteractionKey], now: datetime) -> None:
    """Derive anew what events tell of interactions that an import has just written."""
    told = [
        (source, external_id)
        for source, external_ids in _by_source(keys).items()
        for (external_id,) in _fetched(_WITH_EVENTS, external_ids, source)
    ]
    if told:
        refold(told, now=now, as_written=True)


def unknown_interactions(keys: Iterable[InteractionKey]) -> set[InteractionKey]:
    """Return those keys that name no interaction yet."""
    wanted = set(keys)
    for source, external_ids in _by_source(wanted).items():
        wanted -= {(source, external_id) for (external_id,) in _fetched(_KNOWN, source, external_ids)}
    return wanted


def as_given(kept: dict[str, Any]) -> Columns:
    """Read what rows said of the columns that events tell, as it is kept."""
    return msgspec.convert(kept, Columns)


def _kept(said: Columns) -> dict[str, Any]:
    kept: dict[str, Any] = msgspec.to_builtins(said)
    return kept


def _moves(columns: Columns) -> set[datetime]:
    moments = (columns.first_resolved_at, columns.resolved_at, columns.closed_at, *(columns.reopened_at or ()))
    return {moment for moment in moments if moment is not None}


def _events(source: str, external_ids: list[str]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for external_id, kind, at, key, *rest in _fetched(_EVENTS, source, external_ids):
        agent, queue, priority, reason, until = rest
        found[external_id].append(Event(EventKind(kind), at, key, agent, queue, priority, reason, until))
    return found


def _fetched(statement: str, *values: str | list[str]) -> list[tuple[Any, ...]]:
    with sql() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _by_source(keys: Iterable[InteractionKey]) -> dict[str, list[str]]:
    grouped: dict[str, set[str]] = defaultdict(set)
    for source, external_id in keys:
        grouped[source].add(external_id)
    return {source: sorted(grouped[source]) for source in sorted(grouped)}


def _json(value: Any) -> Any:
    return orjson.loads(value) if isinstance(value, str) else value


_REOPENED: Final = COLUMNS.index("reopened_at")


@cache
def _changing() -> list[TableColumn]:
    fields = {field.attname: field for field in Interaction._meta.concrete_fields}
    return [table_column(fields[name]) for name in ("timing_source", "updated_at", "as_imported", *COLUMNS)]


def _columns(values: list[Any]) -> Columns:
    stored = dict(zip(COLUMNS, values, strict=True))
    reopened = stored["reopened_at"]
    return Columns(**stored | {"reopened_at": None if reopened is None else tuple(reopened)})


def _values(columns: Columns) -> list[Any]:
    values: list[Any] = list(astuple(columns))
    values[_REOPENED] = None if columns.reopened_at is None else list(columns.reopened_at)
    return values
