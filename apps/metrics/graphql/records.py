"""Drill-down over GraphQL: a number's rows, shown as the node types they are everywhere else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Annotated, Any
from uuid import UUID

import strawberry

from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer, Order
from apps.interactions.graphql.slas.types import SlaInstance
from apps.interactions.graphql.types import Interaction
from apps.interactions.graphql.working.states import AgentState
from apps.journeys.graphql.handoffs.types import Handoff
from apps.journeys.graphql.promises.types import PromiseOutcome
from apps.journeys.graphql.types import TouchpointEvent
from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.vocabulary import Part
from apps.metrics.drilldown import Drilldown, metric_records
from apps.metrics.graphql.arguments import Filter, Key, Span, Variant, allowed, key_of
from apps.metrics.graphql.enums import MetricPart
from apps.metrics.graphql.prices import RECORDS
from apps.metrics.records import Position, Record
from apps.surveys.graphql.campaigns.types import Invitation
from apps.surveys.graphql.feedback.types import FeedbackItem
from apps.surveys.graphql.types import SurveyResponse
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import After, First, PageInfo
from cxplatform.graphql.context import Info
from cxplatform.graphql.cursors import read_cursor, write_cursor
from cxplatform.graphql.nodes import Stored
from cxplatform.graphql.pages import USUAL_PAGE, PageRequest
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import EDGES, NODES
from cxplatform.graphql.roots import query_field

MetricRecord = Annotated[
    Interaction
    | SurveyResponse
    | Customer
    | Order
    | TouchpointEvent
    | AgentState
    | SlaInstance
    | PromiseOutcome
    | Handoff
    | FeedbackItem
    | Invitation,
    strawberry.union("MetricRecord", description="A row that a metric counts; which type follows from the metric."),
]
_SHOWN_AS: tuple[type[Stored], ...] = (
    Interaction,
    SurveyResponse,
    Customer,
    Order,
    TouchpointEvent,
    AgentState,
    SlaInstance,
    PromiseOutcome,
    Handoff,
    FeedbackItem,
    Invitation,
)


@strawberry.type(description="A row of a number and its position.")
class MetricRecordEdge:
    cursor: str = column("Its position, for `after`.")
    node: MetricRecord = column("The row.")
    amount: float | None = column(
        "What it adds to the part: 1 where rows are counted, its seconds or score where they are added up, -1 where it"
        " is subtracted. Null for what is left out."
    )
    exclusion_reason: str | None = column("Why it is left out of the number; null for what is not.")


@strawberry.type(description="How many rows are left out of a number for one reason.")
class MetricExclusion:
    reason: str = column("Why they are left out.")
    count: int = column("How many.")


@strawberry.type(description="A page of the rows of a number, the newest first.")
class MetricRecordConnection:
    edges: list[MetricRecordEdge] = column("The rows with their positions and what they add.", price=EDGES)
    nodes: list[MetricRecord] = column("The rows alone.", price=NODES)
    page_info: PageInfo = column("Where this page lies.")
    total_count: int = column(
        "How many rows the part has, as the number counts them; counted only when asked for. It trails the rows as"
        " long as the number is provisional."
    )
    exclusions: list[MetricExclusion] = column(
        "Why rows are left out, the most frequent reason first; counted only when asked for, empty but for EXCLUDED."
    )


@dataclass(frozen=True)
class _Edge:
    node: Any
    record: Record
    order: str

    @property
    def cursor(self) -> str:
        return write_cursor(self.order, self.record.position)

    @property
    def amount(self) -> float | None:
        return self.record.amount

    @property
    def exclusion_reason(self) -> str | None:
        return self.record.reason


@dataclass
class _Page:
    """What the connection's fields read; counts are worked out only when asked for."""

    edges: Sequence[_Edge]
    request: PageRequest
    more: bool
    drilldown: Drilldown

    @property
    def nodes(self) -> list[Any]:
        return [edge.node for edge in self.edges]

    @cached_property
    def total_count(self) -> int:
        return self.drilldown.count()

    @cached_property
    def exclusions(self) -> list[MetricExclusion]:
        return [MetricExclusion(reason=reason, count=count) for reason, count in self.drilldown.reasons()]

    @property
    def page_info(self) -> PageInfo:
        return PageInfo(
            has_next_page=self.more,
            has_previous_page=self.request.after is not None,
            start_cursor=self.edges[0].cursor if self.edges else None,
            end_cursor=self.edges[-1].cursor if self.edges else None,
        )


@strawberry.type
class MetricRecordsQuery:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=RECORDS,
        description="The rows a metric's number is made of, or those left out of it and why; the newest first.",
    )
    def metric_records(  # noqa: PLR0917  # strawberry hands them over by name
        self,
        info: Info,
        key: Key,
        window: Span,
        where: Filter = None,
        part: Annotated[
            MetricPart, strawberry.argument(description="Which rows: those above the line, below it, or left out.")
        ] = MetricPart.DENOMINATOR,
        variant: Variant = None,
        first: First = USUAL_PAGE,
        after: After = None,
    ) -> MetricRecordConnection | None:
        request = PageRequest.of(first, after, None, None)
        drilldown = metric_records(
            key_of(key),
            window.checked(),
            part=Part(key_of(part)),
            now=info.context.now,
            where=allowed(info, where),
            variant=variant,
        )
        return _page(drilldown, request, info)  # type: ignore[return-value]  # shown as the type


def _page(drilldown: Drilldown, request: PageRequest, info: Info) -> _Page:
    """Read a page: which rows, in one SELECT, and then the rows themselves as far as the viewer may see them."""
    order = f"{drilldown.moment},id"
    found = drilldown.page(after=position_of(order, request.after), limit=request.limit + 1)
    wanted = found[: request.limit]
    node = shown_as(drilldown.fact)
    rows = node.load(node.visible(info).filter(pk__in=[record.id for record in wanted]), info._raw_info)
    by_id = {row.pk: row for row in rows}
    edges = [_Edge(by_id[record.id], record, order) for record in wanted if record.id in by_id]
    return _Page(edges, request, len(found) > request.limit, drilldown)


def position_of(order: str, cursor: str | None) -> Position | None:
    """Read the cursor of a row. Raises: BadInput."""
    if cursor is None:
        return None
    moment, key = read_cursor(order, [datetime, UUID], cursor)
    return moment, key


def shown_as(fact: Fact) -> type[Stored]:
    """Return the node type that a fact's rows are shown as."""
    return next(node for node in _SHOWN_AS if node.model()._meta.db_table == fact.table)
