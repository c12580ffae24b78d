from typing import Annotated

import strawberry

from cxplatform.errors import NotFound
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field
from cxplatform.imports.graphql.filters import ImportJobWhere
from cxplatform.imports.graphql.types import IMPORT_JOB_ORDERS, MAY_IMPORT, ImportJob

JobId = Annotated[strawberry.ID, strawberry.argument(description="The import's global id.")]


@strawberry.type
class ImportQueries:
    import_jobs: Connection[ImportJob] | None = root_connection(
        ImportJob, IMPORT_JOB_ORDERS, ImportJobWhere, description="The files loaded into this brand."
    )

    @query_field(plane=Plane.BRAND, requires=MAY_IMPORT, description="One import; NOT_FOUND when there is none.")
    def import_job(self, info: Info, id: JobId) -> ImportJob | None:
        found = ImportJob.find(key_of(id, "ImportJob"), info._raw_info)
        if found is None:
            raise NotFound("There is no such import.")
        return found  # type: ignore[return-value]  # a row, shown as the type
