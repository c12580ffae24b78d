import strawberry

from apps.customers.graphql.segments.lists import SEGMENT_ORDERS, SegmentWhere
from apps.customers.graphql.segments.types import Segment
from cxplatform.graphql.connections import Connection, root_connection


@strawberry.type
class SegmentQueries:
    segments: Connection[Segment] | None = root_connection(
        Segment, SEGMENT_ORDERS, SegmentWhere, description="The brand's segments by rules, retired ones too."
    )
