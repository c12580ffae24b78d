"""From REQUESTED to ACTIVE: a job makes the brand's role, schema, tables and grants, whole or not at all."""

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Brand
from cxplatform.jobs import commands as jobs
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.tasks import run_shared_jobs
from cxplatform.tenancy.doors import shared_tx
from cxplatform.tenancy.provisioning import make_brand

logger = logging.getLogger(__name__)
JOB_KIND = "accounts.provision_brand"
_ACTIVATE = (
    "UPDATE shared.accounts_brand SET status = 'ACTIVE', failure = '', activated_at = %s "
    "WHERE id = %s AND status IN ('REQUESTED', 'FAILED')"
)


def request_schema(brand_id: UUID, *, now: datetime) -> None:
    """Write the job that will make the brand whole, in the caller's shared door; wake a worker when it is committed."""
    jobs.enqueue(JOB_KIND, {"brand_id": str(brand_id)}, now=now)
    transaction.on_commit(run_shared_jobs.wake, robust=True)


def provision_step(lease: Lease) -> bool:
    """Handle a job of this kind: one step, which may be run again."""
    provision(UUID(lease.args["brand_id"]))
    return False


def make_whole(brand_id: UUID, *, now: datetime) -> None:
    """Make everything the brand needs and set it ACTIVE, in one transaction as owner."""
    make_brand(brand_id, _ACTIVATE, [now, brand_id])


def provision(brand_id: UUID) -> None:
    """Run the job's work: the brand ends ACTIVE, or FAILED with the reason and nothing made."""
    with shared_tx(read_only=True):
        wanted = Brand.objects.filter(pk=brand_id, status=Brand.Status.REQUESTED).exists()
    if not wanted:
        return
    try:
        make_whole(brand_id, now=timezone.now())
    except Exception as error:  # whatever it was, the brand must say why
        logger.exception("brand %s could not be made", brand_id)
        reason = (str(error).strip() or type(error).__name__).splitlines()[0][:500]
        with shared_tx():
            Brand.objects.filter(pk=brand_id, status=Brand.Status.REQUESTED).update(
                status=Brand.Status.FAILED, failure=reason
            )
