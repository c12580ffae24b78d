"""`Customer.timeline`. Imported by `giving` alone, once every app has said what is on it."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Optional, Union
from uuid import UUID

import strawberry
from strawberry import UNSET

from apps.customers.graphql.timeline.reading import Entry, counts, pages
from apps.customers.graphql.timeline.sources import source_of, sources
from apps.customers.graphql.types import Customer
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import (
    WHERE,
    After,
    Before,
    Connection,
    First,
    Last,
    SortDirection,
)
from cxplatform.graphql.context import Info
from cxplatform.graphql.filters.comparisons import DateTimeFilter, Filter
from cxplatform.graphql.filters.declaring import by, where_input
from cxplatform.graphql.filters.of_columns import condition_on
from cxplatform.graphql.keyset import Keyset, Term
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.pages import Page, PageRequest
from cxplatform.graphql.prices import A_PAGE, priced
from cxplatform.graphql.registry import extend
from cxplatform.graphql.siblings import keep_together, selection_key, siblings_of

_COLUMNS = {"kind": "entry_kind", "at": "entry_at"}
_NODES = tuple(dict.fromkeys(source.node for source in sources()))
_MEMBERS = {source.kind: strawberry.enum_value(source.kind, description=source.description) for source in sources()}

if TYPE_CHECKING:

    class TimelineKind(Enum): ...

    TimelineWhat = Any
else:
    TimelineKind = strawberry.enum(Enum("TimelineKind", _MEMBERS), description="What a timeline tells of.")
    TimelineWhat = Annotated[
        Union[_NODES],  # noqa: UP007  # of as many as there are
        strawberry.union("TimelineWhat", description="What happened; which type follows from the kind."),
    ]


@where_input("Which entries of a timeline.")
class TimelineWhere:
    kind: Filter[TimelineKind] | None = by("What it tells of.")
    at: DateTimeFilter | None = by("When it happened.")


def _what(root: strawberry.Parent[Any], info: Info) -> object:
    def fetch(members: Sequence[Any]) -> dict[tuple[type[Stored], UUID], Any]:
        keys: dict[type[Stored], set[UUID]] = {}
        for each in members:
            keys.setdefault(source_of(each.entry_kind).node, set()).add(each.entry_id)
        return {(node, row.pk): row for node, wanted in keys.items() for row in _rows(node, wanted, info)}

    loaded = siblings_of(root).load(("what", selection_key(info._raw_info)), fetch)
    return loaded.get((source_of(root.entry_kind).node, root.entry_id))


def _rows(node: type[Stored], keys: set[UUID], info: Info) -> Sequence[Any]:
    return node.load(node.visible(info).filter(pk__in=keys), info._raw_info)


@strawberry.type(description="Something that happened to a customer, or that it did.")
class TimelineEntry:
    kind: TimelineKind = column("What it tells of.")
    at: datetime = column("When it happened.")
    what: Optional[TimelineWhat] = strawberry.field(  # noqa: UP045  # known at run time only
        resolver=_what, description="What happened; null when it was taken away while you read."
    )


def _order(direction: SortDirection) -> Keyset:
    latest_first = direction is SortDirection.DESC
    return Keyset(
        (
            Term("entry_at", datetime, latest_first),
            Term("entry_id", UUID, latest_first),
            Term("entry_kind", str, latest_first),
        )
    )


def _timeline(  # noqa: PLR0917  # strawberry hands them over by name
    root: strawberry.Parent[Any],
    info: Info,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
    direction: Annotated[
        SortDirection, strawberry.argument(description="Usually the newest first.")
    ] = SortDirection.DESC,
    where: Annotated[Optional[TimelineWhere], strawberry.argument(description=WHERE)] = UNSET,  # noqa: UP045  # as elsewhere
) -> object:
    request, keyset = PageRequest.of(first, after, last, before), _order(direction)
    condition = condition_on(_COLUMNS, where)
    siblings, asked = siblings_of(root), ("timeline", selection_key(info._raw_info))

    def fetch(parents: Sequence[Any]) -> dict[UUID, list[Entry]]:
        found = pages([each.pk for each in parents], request, keyset, condition, info)
        info.context.spend_rows(sum(map(len, found.values())))
        shown: list[Any] = [entry for page in found.values() for entry in page[: request.limit]]
        keep_together(shown)
        return found

    def count() -> int:
        counted = siblings.load((*asked, "count"), lambda all_: counts([each.pk for each in all_], condition, info))
        return int(counted.get(root.pk, 0))

    page: Page = request.page(siblings.load(asked, fetch).get(root.pk, []), keyset.cursor, count)
    return page


extend(
    Customer,
    "timeline",
    Connection[TimelineEntry] | None,
    strawberry.field(
        resolver=_timeline,
        description="Everything that happened to this customer, of which you may see; the newest first.",
        metadata=priced(A_PAGE),
    ),
)
