import strawberry

from cxplatform.errors import NotFound
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.roots import live_field
from cxplatform.imports.graphql.queries import JobId
from cxplatform.imports.graphql.types import MAY_IMPORT, ImportJob
from cxplatform.imports.models import ImportJob as Job
from cxplatform.imports.progress import progress_topic
from cxplatform.jobs.models import JobState


@strawberry.type
class ImportSubscriptions:
    @live_field(
        requires=MAY_IMPORT,
        description="An import as it goes on; completes when it is done or failed. NOT_FOUND when there is none.",
    )
    def import_job_progressed(self, info: Info, id: JobId) -> ImportJob | None:
        found = ImportJob.find(key_of(id, "ImportJob"), info._raw_info)
        if not isinstance(found, Job):
            raise NotFound("There is no such import.")
        brand = info.context.need_brand()
        finished = found.state in (JobState.DONE, JobState.FAILED)
        info.context.follow(progress_topic(brand.id, found.id), finished=finished)
        info.context.push_when_changed((found.state, found.bytes_done, found.rows, found.rejected))
        return found  # type: ignore[return-value]  # a row, shown as the type
