"""The terms on which a brand reckons with money, and what holds where it said nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from apps.customers.models import MoneyTerms

# The one row's key.
ONLY: Final = 1


@dataclass(frozen=True, slots=True)
class Terms:
    """`gross_margin` is the share of revenue that stays; `monthly_discount` by how much a month's wait makes money
    worth less. A customer without a contract is lost once nothing was bought for `inactive_after_gaps` times what is
    usual between two purchases; or once its chance of still being one is below `least_p_alive`.
    """

    gross_margin: float = 1.0
    monthly_discount: float = 0.01
    inactive_after_gaps: float = 3.0
    least_p_alive: float = 0.2


LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "gross_margin": (0.0, 1.0),
    "monthly_discount": (0.0, 1.0),
    "inactive_after_gaps": (0.1, 100.0),
    "least_p_alive": (0.0, 1.0),
}


def money_terms() -> Terms:
    """Return the terms of the open door's brand, in one SELECT."""
    names = [field.name for field in fields(Terms)]
    stored = MoneyTerms.objects.filter(pk=ONLY).values(*names).first()
    return Terms() if stored is None else Terms(**stored)
