"""Forget what imports that are over keep of their lines: rejected ones, bodies of failed files, what errors quote.

Whose a rejected line is cannot be told, often that is why it was rejected. So when somebody is erased all of them go.
"""

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from cxplatform.imports.bodies import import_dir
from cxplatform.imports.models import ImportJob
from cxplatform.jobs.models import JobState
from cxplatform.tenancy.doors import current_brand

# Stands where a reason was that may have quoted a line.
FORGOTTEN = "(forgotten)"
_AT_ONCE = 1_000
_OVER = (JobState.DONE, JobState.FAILED)


def forget_texts(before: datetime | None = None) -> int:
    """Forget the lines of all imports that are over, or of those submitted before an instant; counts stay.

    Runs in the open brand door; returns how many imports had something to forget.
    """
    over = ImportJob.objects.filter(state__in=_OVER)
    if before is not None:
        over = over.filter(created_at__lt=before)
    _remove_files(over)
    quoting = over.exclude(errors=[], rejects_bytes=0, failure__in=["", FORGOTTEN])
    told = quoting.update(errors=[], rejects_bytes=0)
    over.exclude(failure__in=["", FORGOTTEN]).update(failure=FORGOTTEN)
    return told


def _remove_files(over: "QuerySet[ImportJob]") -> None:
    """Remove what lies in the brand's folder of these imports; what is being stored has no row yet and stays."""
    files: dict[UUID, list[Path]] = defaultdict(list)
    for path in import_dir(current_brand()).iterdir():
        files[UUID(path.name.partition(".")[0])].append(path)
    named = list(files)
    for first in range(0, len(named), _AT_ONCE):
        for key in over.filter(pk__in=named[first : first + _AT_ONCE]).values_list("pk", flat=True):
            for path in files[key]:
                path.unlink(missing_ok=True)


def loading_since(instant: datetime) -> bool:
    """Tell whether a file that came in by then is still to be loaded."""
    return ImportJob.objects.exclude(state__in=_OVER).filter(created_at__lte=instant).exists()
