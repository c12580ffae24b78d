"""What a brand set about its service, and what its rows are made anew by when that changes."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from apps.customers.models import Customer
from apps.interactions.case_marks import mark_customers
from apps.interactions.models import ServiceSettings
from apps.interactions.models.service_settings import THE_ROW
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job

REJOIN: Final = "rejoin-cases"
# What a step marks, in well under a second; cases are made 500 customers at a time.
CUSTOMERS_A_STEP: Final = 5_000
_FIRST: Final = UUID(int=0)


def service_settings() -> ServiceSettings:
    """Return what is set in the open brand door; the defaults where nothing was."""
    return ServiceSettings.objects.filter(pk=THE_ROW).first() or ServiceSettings()


def joining_window() -> timedelta:
    """Return how long after a case's last contact another one still belongs to it."""
    return timedelta(days=service_settings().case_days)


def rejoin_later(now: datetime) -> None:
    """Have the cases of all customers made anew in the background."""
    enqueue(REJOIN, {"after": str(_FIRST)}, now=now)


def rejoin_cases(lease: Lease) -> bool:
    """Mark the next customers in the order of their ids, so that their cases are made anew; True means there are more.

    How far it came is kept with the job, in the transaction that marks.
    """
    with lease.door():
        after = UUID(lease.args["after"])
        customers = Customer.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)
        marked = list(customers[:CUSTOMERS_A_STEP])
        mark_customers(marked)
        if marked:
            lease.args["after"] = str(marked[-1])
            Job.objects.filter(pk=lease.job_id).update(args=lease.args)
        return len(marked) == CUSTOMERS_A_STEP
