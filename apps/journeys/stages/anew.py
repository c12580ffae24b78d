"""Have stages made anew when a version of a journey comes into force or goes: in the background, a step at a time."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef

from apps.customers.models import Customer
from apps.journeys.models import JourneyProgress
from apps.journeys.stages.marks import mark_travellers
from apps.journeys.stages.sources import somewhere_since
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job

JOB_KIND: Final = "stage-customers"
# What a step looks at, in well under a second; stages are made 500 customers at a time.
CUSTOMERS_A_STEP: Final = 5_000
_FIRST: Final = UUID(int=0)


def stage_anew_later(journey_id: UUID, since: datetime, now: datetime) -> None:
    """Have everybody staged anew who is on a journey, or of whom anything is told from an instant on."""
    enqueue(JOB_KIND, {"journey": str(journey_id), "since": since.isoformat(), "after": str(_FIRST)}, now=now)


def stage_customers(lease: Lease) -> bool:
    """Mark the next customers concerned, in the order of their ids; True means there are more.

    How far it came is kept with the job, in the transaction that marks.
    """
    with lease.door():
        journey, since = UUID(lease.args["journey"]), datetime.fromisoformat(lease.args["since"])
        after = Customer.objects.filter(pk__gt=UUID(lease.args["after"])).order_by("pk")
        last = list(after.values_list("pk", flat=True)[CUSTOMERS_A_STEP - 1 : CUSTOMERS_A_STEP])
        step = after.filter(pk__lte=last[0]) if last else after
        is_on_it = Exists(JourneyProgress.objects.filter(customer=OuterRef("pk"), journey=journey))
        mark_travellers(step.filter(is_on_it | somewhere_since(since)).values_list("pk", flat=True))
        if last:
            lease.args["after"] = str(last[0])
            Job.objects.filter(pk=lease.job_id).update(args=lease.args)
        return bool(last)
