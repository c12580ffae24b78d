"""What this app's tables hold."""

from datetime import datetime

from django.db.models import Q

from cxplatform.jobs.models import Job
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.leftovers import register_leftovers
from cxplatform.privacy.tags import harmless, untold

describe(
    Job,
    {
        "kind": harmless("the name of a handler"),
        "args": harmless("ids and positions, never values"),
        "error": untold("what the database or a program said of a row"),
    },
)


def forget_errors(before: datetime | None) -> None:
    """Empty what failed tries said, of all jobs or of those made before an instant."""
    old = Q() if before is None else Q(created_at__lt=before)
    Job.objects.filter(old, ~Q(error="")).update(error="")


register_leftovers(forget_errors)
