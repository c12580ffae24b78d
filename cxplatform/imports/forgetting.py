"""Forget what imports that are over keep of their lines: rejected ones, bodies of failed files, what errors quote.

Whose a rejected line is cannot be told, often that is why it was rejected. So when somebody is erased all of them go.
"""

from datetime import datetime

from cxplatform.imports.bodies import discard
from cxplatform.imports.models import ImportJob
from cxplatform.imports.rejects import rejects_path
from cxplatform.jobs.models import JobState
from cxplatform.tenancy.doors import current_brand

# Stands where a reason was that may have quoted a line.
FORGOTTEN = "(forgotten)"
_OVER = (JobState.DONE, JobState.FAILED)


def forget_texts(*, before: datetime | None = None) -> None:
    """Forget the lines of all imports that are over, or of those submitted before an instant; counts stay."""
    over = ImportJob.objects.filter(state__in=_OVER)
    if before is not None:
        over = over.filter(created_at__lt=before)
    brand = current_brand()
    for job in over.only("id", "file_name").iterator():
        discard(brand, job.file_name)
        rejects_path(brand, job.id).unlink(missing_ok=True)
    over.exclude(errors=[], rejects_bytes=0).update(errors=[], rejects_bytes=0)
    over.exclude(failure__in=["", FORGOTTEN]).update(failure=FORGOTTEN)


def loading_since(instant: datetime) -> bool:
    """Tell whether a file that came in by then is still to be loaded."""
    return ImportJob.objects.exclude(state__in=_OVER).filter(created_at__lte=instant).exists()
