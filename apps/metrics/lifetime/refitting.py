"""Fit the models of purchases anew: once a week and when asked, as a job of one step."""

from datetime import datetime, timedelta
from typing import Final

import numpy as np
from django.utils import timezone

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.identities.holders import Change
from apps.customers.models import Order
from apps.customers.terms import Terms, money_terms
from apps.metrics.definitions.clv_predicted import MONTHS
from apps.metrics.lifetime.fits import latest_fit
from apps.metrics.lifetime.histories import Buyers, buyers, refunded_share, usual_gap
from apps.metrics.models import CustomerValue, LifetimeFit
from apps.metrics.statistics.lifetime import model
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
_TIMEOUT_MS: Final = 120_000
_CHUNK: Final = 5_000


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
    with lease.door(statement_timeout_ms=_TIMEOUT_MS):
        fit_lifetimes(now=timezone.now())
    return False


def fit_lifetimes(*, now: datetime) -> LifetimeFit:
    """Fit the models to all purchases up to now, and value every customer anew; in the open door."""
    everybody, terms = buyers(now), money_terms()
    found = model.fit(everybody.histories, everybody.means)
    fit = LifetimeFit(
        fitted_at=now,
        customers=len(everybody.ids),
        repeating=int(np.count_nonzero(everybody.histories.repeats)),
        usual_gap_days=usual_gap(now),
        refunded_share=refunded_share(now),
        margin=terms.gross_margin,
        monthly_discount=terms.monthly_discount,
    )
    CustomerValue.objects.all().delete()
    if isinstance(found, model.Model):
        for name in ("r", "alpha", "a", "b"):
            setattr(fit, name, getattr(found.buying, name))
        for name in ("p", "q", "v"):
            setattr(fit, name, getattr(found.spending, name))
        fit.correlation = found.correlation
        _value(everybody, found, terms, fit)
    else:
        fit.reason = found
    fit.save()
    return fit


def _value(everybody: Buyers, fitted: model.Model, terms: Terms, fit: LifetimeFit) -> None:
    """Store what every customer who has not left is worth, a chunk at a time."""
    kept = terms.gross_margin * (1 - fit.refunded_share)
    histories = everybody.histories
    values = fitted.values(histories, everybody.means, model.Terms(MONTHS, terms.monthly_discount, kept))
    purchases = fitted.buying.expected_purchases(histories, MONTHS * model.DAYS_A_MONTH)
    alive = fitted.buying.p_alive(histories)
    for start in range(0, len(values), _CHUNK):
        CustomerValue.objects.bulk_create(
            CustomerValue(
                customer_id=everybody.ids[place],
                first_bought_at=everybody.first_bought_at[place],
                p_alive=float(alive[place]),
                purchases=float(purchases[place]),
                value=float(values[place]),
                fitted_at=fit.fitted_at,
            )
            for place in range(start, min(start + _CHUNK, len(values)))
            if not everybody.has_left[place]
        )
