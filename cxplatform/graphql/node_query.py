"""The root field `node(id:)`."""

from typing import Annotated

import strawberry

from cxplatform.errors import NotFound
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import read_global_id
from cxplatform.graphql.nodes import Node
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field
from cxplatform.graphql.schema import served_schema


@strawberry.type
class NodeQueries:
    @query_field(plane=Plane.NODE, description="Any object by its id; NOT_FOUND when there is none you may see.")
    def node(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Its global id.")]
    ) -> Node | None:
        type_name, key = read_global_id(id)
        node_type = served_schema().nodes.get(type_name)
        found = node_type.find(key, info._raw_info) if node_type is not None else None
        if found is None:
            raise NotFound("There is no such object.")
        return found  # type: ignore[return-value]  # a row, shown as its type
