"""What this app's tables hold."""

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


def forget_errors() -> None:
    """Empty what failed tries said."""
    Job.objects.filter(~Q(error="")).update(error="")


register_leftovers(forget_errors)
