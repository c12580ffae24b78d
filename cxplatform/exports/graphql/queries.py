from typing import Annotated

import strawberry

from cxplatform.errors import NotFound
from cxplatform.exports.graphql.types import MAY_EXPORT, ExportJob
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field


@strawberry.type
class ExportQueries:
    @query_field(plane=Plane.BRAND, requires=MAY_EXPORT, description="One export; NOT_FOUND when there is none.")
    def export_job(
        self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="The export's global id.")]
    ) -> ExportJob | None:
        found = ExportJob.find(key_of(id, "ExportJob"), info._raw_info)
        if found is None:
            raise NotFound("There is no such export.")
        return found  # type: ignore[return-value]  # a row, shown as the type
