"""Have the models of purchases fitted anew: once a week and when asked, as a job of one step."""

from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.identities.holders import Change
from apps.customers.models import Order
from apps.metrics.lifetime.fits import latest_fit
from apps.metrics.models import CustomerValue, LifetimeFit
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

JOB_KIND: Final = "lifetime-model"
MOST_OF_A_REASON: Final = 200
EVERY: Final = timedelta(days=7)
TIMEOUT_MS: Final = 120_000


def refit_lifetime_model(*, actor: Viewer, reason: str, now: datetime) -> LifetimeFit | None:
    """Have the models fitted anew soon, if that does not wait to be done already; return the latest there is.

    `reason` is written down. Raises: Forbidden; BadInput for a reason of more than 200 characters.
    """
    actor.require(Permission.CONFIGURE)
    if len(reason) > MOST_OF_A_REASON:
        raise BadInput(f"A reason has {MOST_OF_A_REASON} characters at most.", field="reason")
    if not _is_waiting():
        enqueue(JOB_KIND, {}, now=now)
    record_change(
        actor=actor.actor,
        action="refit_lifetime_model",
        subject=Subject("LifetimeModel", JOB_KIND, label="lifetime model"),
        now=now,
        after={"reason": reason},
    )
    return latest_fit()


def fit_weekly(brand: BrandRef) -> None:
    """Ask for a fit where the last one is a week old, or there are orders and none."""
    now = timezone.now()
    with brand_tx(brand):
        fit = latest_fit()
        is_due = fit.fitted_at <= now - EVERY if fit else Order.objects.exists()
        if is_due and not _is_waiting():
            enqueue(JOB_KIND, {}, now=now)


def value_anew(change: Change) -> None:
    """Have customers that were merged or split valued anew: until then nobody knows what either is worth."""
    # Those a fit is about to replace are left to it: it waits for locked customers, and must not be waited for.
    free = CustomerValue.objects.select_for_update(skip_locked=True)
    ids = list(free.filter(customer__in=[change.source, change.target]).values_list("pk", flat=True))
    CustomerValue.objects.filter(pk__in=ids).delete()
    # A fit that runs may have read who they were.
    if latest_fit() is not None and not Job.objects.filter(kind=JOB_KIND, state=JobState.QUEUED).exists():
        enqueue(JOB_KIND, {}, now=change.now)


def _is_waiting() -> bool:
    return Job.objects.filter(kind=JOB_KIND, state__in=[JobState.QUEUED, JobState.RUNNING]).exists()


def run_fit(lease: Lease) -> bool:
    """Fit them, as the one step of a job."""
    from apps.metrics.lifetime.fitting import fit_lifetimes  # noqa: PLC0415  # numpy, which a start need not wait for

    with lease.door(statement_timeout_ms=TIMEOUT_MS):
        fit_lifetimes(now=timezone.now())
    return False
