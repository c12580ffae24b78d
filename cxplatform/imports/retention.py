"""Tidy the import folder: bodies of finished jobs, and files that no job speaks of."""

import time
from pathlib import Path
from uuid import UUID

from cxplatform.imports.bodies import import_dir
from cxplatform.imports.models import ImportJob
from cxplatform.jobs.models import JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

# A body younger than this may be one whose job is about to be written down.
_ORPHANED_AFTER_SECONDS = 24 * 3_600
_KEPT_SECONDS = 7 * 24 * 3_600
_REJECTS = ".rejects.ndjson"


def tidy_imports(brand: BrandRef) -> None:
    """Remove files a day old that no job speaks of, and a week old those of jobs that are over.

    Rejects files stay as long as their job's row does.
    """
    old = _files_older_than(import_dir(brand), _ORPHANED_AFTER_SECONDS)
    if not old:
        return
    with brand_tx(brand, read_only=True):
        states = dict(ImportJob.objects.filter(pk__in=old.values()).values_list("pk", "state"))
    for path, job_id in old.items():
        state = states.get(job_id)
        if state is None or (_is_over(state, path) and not path.name.endswith(_REJECTS)):
            path.unlink(missing_ok=True)


def _files_older_than(folder: Path, seconds: float) -> dict[Path, UUID]:
    before = time.time() - seconds
    return {
        path: UUID(path.name.partition(".")[0])
        for path in folder.iterdir()
        if path.is_file() and path.stat().st_mtime < before
    }


def _is_over(state: str, path: Path) -> bool:
    return state in (JobState.DONE, JobState.FAILED) and path.stat().st_mtime < time.time() - _KEPT_SECONDS
