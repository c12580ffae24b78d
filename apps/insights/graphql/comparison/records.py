"""The rows that a vendor's definition counts otherwise than ours, shown as the node types they are everywhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Final

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.comparison.comparing import compare_definitions
from apps.insights.comparison.differing import Differing, differing, disputed
from apps.insights.comparison.rule import Rule, Standing, Subject
from apps.insights.graphql.comparison.enums import DefinitionStanding
from apps.insights.graphql.comparison.queries import About
from apps.metrics.filters import Where
from apps.metrics.graphql.arguments import Filter, Span, allowed, key_of
from apps.metrics.graphql.prices import RECORDS
from apps.metrics.graphql.records import MetricRecord, position_of, shown_as
from apps.metrics.windows import Window
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import After, First, PageInfo
from cxplatform.graphql.context import Info
from cxplatform.graphql.cursors import write_cursor
from cxplatform.graphql.pages import USUAL_PAGE, PageRequest
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import EDGES, NODES
from cxplatform.graphql.roots import query_field

_ORDER: Final = "moment,id"

Definition = Annotated[str, strawberry.argument(description="Which vendor's definition, by its key.")]
Stands = Annotated[
    list[DefinitionStanding] | None, strawberry.argument(description="Where it puts them; anywhere when left out.")
]


@strawberry.type(description="A row that two definitions treat otherwise, and its position.")
class DisputedRecordEdge:
    cursor: str = column("Its position, for `after`.")
    node: MetricRecord = column("The row.")
    ours: DefinitionStanding = column("Where our definition puts it.")
    theirs: DefinitionStanding = column("Where the other does.")
    reason: str = column("Why.")


@strawberry.type(description="A page of the rows that two definitions treat otherwise, the newest first.")
class DisputedRecordConnection:
    edges: list[DisputedRecordEdge] = column("The rows with their positions and where they stand.", price=EDGES)
    nodes: list[MetricRecord] = column("The rows alone.", price=NODES)
    page_info: PageInfo = column("Where this page lies.")
    total_count: int = column("How many there are; counted only when asked for.")


@dataclass(frozen=True)
class _Edge:
    node: Any
    row: Differing

    @property
    def cursor(self) -> str:
        return write_cursor(_ORDER, self.row.position)

    @property
    def ours(self) -> DefinitionStanding:
        return DefinitionStanding[self.row.ours.name]

    @property
    def theirs(self) -> DefinitionStanding:
        return DefinitionStanding[self.row.theirs.name]

    @property
    def reason(self) -> str:
        return self.row.reason


@dataclass(frozen=True)
class _Dispute:
    """What is asked for; its rows may be counted."""

    subject: Subject
    rule: Rule
    window: Window
    where: Where
    ours: Sequence[Standing]
    theirs: Sequence[Standing]

    def count(self, info: Info) -> int:
        found = compare_definitions(self.subject.key, self.window, now=info.context.now, where=self.where)
        difference = next(each.difference for each in found.others if each.rule is self.rule)
        return sum(
            each.count for each in difference.disagreements if each.ours in self.ours and each.theirs in self.theirs
        )


@dataclass
class _Page:
    edges: Sequence[_Edge]
    request: PageRequest
    more: bool
    dispute: _Dispute
    info: Info

    @property
    def nodes(self) -> list[Any]:
        return [edge.node for edge in self.edges]

    @cached_property
    def total_count(self) -> int:
        return self.dispute.count(self.info)

    @property
    def page_info(self) -> PageInfo:
        return PageInfo(
            has_next_page=self.more,
            has_previous_page=self.request.after is not None,
            start_cursor=self.edges[0].cursor if self.edges else None,
            end_cursor=self.edges[-1].cursor if self.edges else None,
        )


@strawberry.type
class DisputedRecordsQuery:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=RECORDS,
        description="The rows that a vendor's definition counts otherwise than ours, one by one; the newest first.",
    )
    def disputed_records(  # noqa: PLR0917  # strawberry hands them over by name
        self,
        info: Info,
        subject: About,
        definition: Definition,
        window: Span,
        where: Filter = None,
        ours: Stands = None,
        theirs: Stands = None,
        first: First = USUAL_PAGE,
        after: After = None,
    ) -> DisputedRecordConnection | None:
        request = PageRequest.of(first, after, None, None)
        span, narrowed = window.checked(), allowed(info, where)
        about, rule = disputed(key_of(subject), definition, span, narrowed)
        dispute = _Dispute(about, rule, span, narrowed, _standings(ours), _standings(theirs))
        return _page(dispute, request, info)  # type: ignore[return-value]  # shown as the type


def _page(dispute: _Dispute, request: PageRequest, info: Info) -> _Page:
    """Read a page: which rows, and then the rows themselves as far as the viewer may see them."""
    found = differing(
        dispute.subject,
        dispute.rule,
        dispute.window,
        now=info.context.now,
        where=dispute.where,
        ours=dispute.ours,
        theirs=dispute.theirs,
        after=position_of(_ORDER, request.after),
        limit=request.limit + 1,
    )
    wanted = found[: request.limit]
    node = shown_as(dispute.subject.rows)
    rows = node.load(node.visible(info).filter(pk__in=[row.id for row in wanted]), info._raw_info)
    by_id = {row.pk: row for row in rows}
    edges = [_Edge(by_id[row.id], row) for row in wanted if row.id in by_id]
    return _Page(edges, request, len(found) > request.limit, dispute, info)


def _standings(wanted: list[DefinitionStanding] | None) -> Sequence[Standing]:
    return tuple(Standing) if wanted is None else [Standing[each.name] for each in wanted]
