"""What money is worth: exchange rates, and the terms on which the brand reckons with it."""

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.models import ExchangeRate, MoneyTerms
from apps.customers.terms import LIMITS, ONLY, Terms, money_terms
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict
from cxplatform.ids import uuid7
from cxplatform.iso import CURRENCIES
from cxplatform.tenancy.doors import current_brand

MOST_RATES_AT_ONCE: Final = 1_000
MOST_RATES: Final = 200_000
_HIGHEST: Final = 1e9


@dataclass(frozen=True, slots=True)
class NewRate:
    """What one unit of a currency is worth in the brand's, from an instant on."""

    currency: str
    effective_from: datetime
    rate: float


def record_exchange_rates(*, actor: Viewer, rates: Sequence[NewRate], now: datetime) -> list[ExchangeRate]:
    """Store rates; the same once more changes nothing, another one for the same instant is refused.

    Numbers of the past that hang on them are others from now on. Raises: Forbidden; BadInput naming the rate; Conflict
    for one that is known differently, and past 200,000 of them.
    """
    actor.require(Permission.CONFIGURE)
    if not 1 <= len(rates) <= MOST_RATES_AT_ONCE:
        raise BadInput(f"Give 1 to {MOST_RATES_AT_ONCE} rates at once.", field="rates")
    for place, rate in enumerate(rates):
        _check(rate, f"rates.{place}")
    if ExchangeRate.objects.count() + len(rates) > MOST_RATES:
        raise Conflict(f"A brand has {MOST_RATES} rates at most.", field="rates")
    made = [
        ExchangeRate(id=uuid7(), currency=r.currency, effective_from=r.effective_from, rate=r.rate, created_at=now)
        for r in rates
    ]
    ExchangeRate.objects.bulk_create(made, ignore_conflicts=True)
    stored = _stored(rates)
    subject = Subject("ExchangeRate", stored[0].id, label=", ".join(sorted({rate.currency for rate in rates}))[:200])
    record_change(
        actor=actor.actor, action="record_exchange_rates", subject=subject, now=now, after={"rates": len(rates)}
    )
    return stored


def _stored(rates: Sequence[NewRate]) -> list[ExchangeRate]:
    """Return the rows of these rates, by one statement. Raises: Conflict for one that is known differently."""
    currencies, instants = {rate.currency for rate in rates}, {rate.effective_from for rate in rates}
    rows = ExchangeRate.objects.filter(currency__in=currencies, effective_from__in=instants)
    known = {(row.currency, row.effective_from): row for row in rows}
    stored = [known[rate.currency, rate.effective_from] for rate in rates]
    for place, (rate, row) in enumerate(zip(rates, stored, strict=True)):
        if row.rate != rate.rate:
            raise Conflict("This currency has another rate from that instant on.", field=f"rates.{place}.rate")
    return stored


def _check(rate: NewRate, field: str) -> None:
    if rate.currency not in CURRENCIES:
        raise BadInput("It is no ISO 4217 currency code.", field=f"{field}.currency")
    if rate.currency == current_brand().currency:
        raise BadInput("The brand's own currency needs no rate.", field=f"{field}.currency")
    if not (math.isfinite(rate.rate) and 0 < rate.rate <= _HIGHEST):
        raise BadInput(f"A rate is more than 0 and at most {_HIGHEST:,.0f}.", field=f"{field}.rate")


def set_money_terms(*, actor: Viewer, terms: Terms, now: datetime) -> Terms:
    """Say on which terms the brand reckons with money; all of them. Raises: Forbidden; BadInput naming the field."""
    actor.require(Permission.CONFIGURE)
    for name, (least, most) in LIMITS.items():
        if not least <= getattr(terms, name) <= most:
            raise BadInput(f"It must be from {least:g} to {most:g}.", field=name)
    before = money_terms()
    MoneyTerms.objects.update_or_create(id=ONLY, defaults=asdict(terms))
    subject = Subject("MoneyTerms", str(ONLY), label="money terms")
    record_change(
        actor=actor.actor,
        action="set_money_terms",
        subject=subject,
        now=now,
        before=asdict(before),
        after=asdict(terms),
    )
    return terms
