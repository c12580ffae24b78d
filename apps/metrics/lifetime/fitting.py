"""Fit the models of purchases, and value every customer by them."""

from collections.abc import Iterator
from datetime import datetime

import numpy as np

from apps.customers.terms import Terms, money_terms
from apps.metrics.definitions.clv_predicted import MONTHS
from apps.metrics.lifetime.histories import Buyers, buyers, refunded_share, usual_gap
from apps.metrics.lifetime.values import Value, replace_values
from apps.metrics.models import LifetimeFit
from apps.metrics.statistics.lifetime import model


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
    if isinstance(found, model.Model):
        for name in ("r", "alpha", "a", "b"):
            setattr(fit, name, getattr(found.buying, name))
        for name in ("p", "q", "v"):
            setattr(fit, name, getattr(found.spending, name))
        fit.correlation = found.correlation
        replace_values(_values(everybody, found, terms, fit.refunded_share), fitted_at=now)
    else:
        fit.reason = found
        replace_values((), fitted_at=now)
    fit.save()
    return fit


def _values(everybody: Buyers, fitted: model.Model, terms: Terms, refunded: float) -> Iterator[Value]:
    """Tell what every customer who has not left is worth."""
    histories, kept = everybody.histories, terms.gross_margin * (1 - refunded)
    values = fitted.values(histories, everybody.means, model.Terms(MONTHS, terms.monthly_discount, kept))
    purchases = fitted.buying.expected_purchases(histories, MONTHS * model.DAYS_A_MONTH)
    alive = fitted.buying.p_alive(histories)
    told = map(Value, everybody.ids, everybody.first_bought_at, alive.tolist(), purchases.tolist(), values.tolist())
    return (value for value, has_left in zip(told, everybody.has_left, strict=True) if not has_left)
