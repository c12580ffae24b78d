"""Pages of timelines, of any number of customers in one statement.

One of the modules that may write SQL by hand: the ORM compiles each source, what a request says is always bound. Of
each source no more is read than fits on the page, in its index's order; the few rows of all are merged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db.models import Q, QuerySet

from apps.customers.graphql.timeline.sources import sources
from cxplatform.graphql.context import Info
from cxplatform.graphql.keyset import Keyset
from cxplatform.graphql.pages import PageRequest
from cxplatform.tenancy.doors import read

_COLUMNS = ("entry_customer", "entry_at", "entry_kind", "entry_id")
_OF_CUSTOMERS = "unnest(%s::uuid[]) p (id)"


@dataclass(eq=False)
class Entry:
    """Something that happened to a customer: which row tells of it. Read together, as rows are: see `siblings`."""

    entry_at: datetime
    entry_kind: str
    entry_id: UUID

    @property
    def at(self) -> datetime:
        return self.entry_at

    @property
    def kind(self) -> str:
        return self.entry_kind


def pages(
    customers: Iterable[UUID], request: PageRequest, keyset: Keyset, condition: Q, info: Info
) -> dict[UUID, list[Entry]]:
    """Read each customer's page and one entry more, in the order they are read. Raises: BadInput."""
    parts = _compiled(request.between(entries, keyset) for entries in _entries(info, condition))
    if not parts:
        return {}
    order, limit = keyset.ordering_sql("m", backward=request.backward), request.limit + 1
    few = f"ORDER BY {_within(order)} LIMIT {limit}"
    merged = " UNION ALL ".join(f"(SELECT m.* {_of_customer(text)} {few})" for text, _ in parts)
    rows = read(
        f"SELECT m.* FROM {_OF_CUSTOMERS} CROSS JOIN LATERAL"  # noqa: S608  # compiled by the ORM
        f" (SELECT * FROM ({merged}) m ORDER BY {order} LIMIT {limit}) m ORDER BY m.entry_customer, {order}",
        [list(customers), *(value for _, values in parts for value in values)],
    )
    found: dict[UUID, list[Entry]] = {}
    for customer, *entry in rows:
        found.setdefault(customer, []).append(Entry(*entry))
    return found


def counts(customers: Iterable[UUID], condition: Q, info: Info) -> dict[UUID, int]:
    """Count the entries of each customer; one statement."""
    parts = _compiled(_entries(info, condition))
    if not parts:
        return {}
    counted = " + ".join(f"(SELECT count(*) {_of_customer(text)})" for text, _ in parts)
    bound = [*(value for _, values in parts for value in values), list(customers)]
    return dict(read(f"SELECT p.id, {counted} FROM {_OF_CUSTOMERS}", bound))  # noqa: S608  # compiled by the ORM


def _entries(info: Info, condition: Q) -> "Iterable[QuerySet[Any]]":
    """Return what this viewer may see of each source; nothing of one of whose kind it may see no row."""
    may = info.context.rights.may
    return (source.entries(info).filter(condition) for source in sources() if may(source.node.requires))


def _compiled(several: "Iterable[QuerySet[Any]]") -> list[tuple[str, tuple[Any, ...]]]:
    """Compile what may have a row."""
    compiled = []
    for entries in several:
        try:
            compiled.append(entries.order_by().values_list(*_COLUMNS).query.sql_with_params())
        except EmptyResultSet:
            continue
    return compiled


def _of_customer(text: str) -> str:
    return f"FROM ({text}) m WHERE m.entry_customer = p.id"


def _within(order: str) -> str:
    """Write the order of one source's entries, which are all of one kind."""
    return ", ".join(term for term in order.split(", ") if "entry_kind" not in term)
