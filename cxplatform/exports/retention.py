"""Files of exports do not stay: a day after somebody asked for one it goes, and with it what it holds of people."""

import time
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from cxplatform.exports.files import discard, exports_dir
from cxplatform.exports.models import ExportJob
from cxplatform.jobs.models import JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, current_brand

# Keys younger than this may be of an export that is about to be written down.
_YOUNG_SECONDS = 3_600
_OVER = (JobState.DONE, JobState.FAILED)


def tidy_exports(brand: BrandRef) -> None:
    """Remove the files of exports whose links have expired, and those that no export speaks of."""
    before = time.time() - _YOUNG_SECONDS
    old = {UUID(path.name.partition(".")[0]) for path in exports_dir(brand).iterdir() if path.stat().st_mtime < before}
    if not old:
        return
    with brand_tx(brand, read_only=True):
        kept = set(ExportJob.objects.filter(pk__in=old, expires_at__gt=timezone.now()).values_list("pk", flat=True))
    for job_id in old - kept:
        discard(brand, job_id)


def forget_exports(before: datetime | None = None) -> None:
    """Remove the files of all exports that are over, or of those asked for before an instant; in the open door.

    Who is in which cannot be told without reading them.
    """
    over = ExportJob.objects.filter(state__in=_OVER)
    if before is not None:
        over = over.filter(created_at__lt=before)
    there = {UUID(path.name.partition(".")[0]) for path in exports_dir(current_brand()).iterdir()}
    for job_id in over.filter(pk__in=there).values_list("pk", flat=True):
        discard(current_brand(), job_id)
    over.exclude(failure="").update(failure="")


def exporting_since(instant: datetime) -> bool:
    """Tell whether a file asked for by then is still being made: it may hold who is to be erased."""
    return ExportJob.objects.exclude(state__in=_OVER).filter(created_at__lte=instant).exists()
