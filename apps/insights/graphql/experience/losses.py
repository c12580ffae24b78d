"""What failures and bad interactions cost: recovery, spending afterwards, revenue at risk."""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Final

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.experience.bad_moments import AFTER_DAYS, cost_of_bad_moments
from apps.insights.experience.matching import Matched
from apps.insights.experience.recovery import WITHIN_DAYS, Fared, Recovery, recovery
from apps.insights.experience.risk import Risk, risks
from apps.insights.graphql.experience.arguments import EXPERIENCE, Filter, Span, asked_of
from apps.insights.graphql.experience.loss_types import (
    BadInteractionCost,
    FateFigures,
    RecoveryEffect,
    RecoveryFate,
    RecoveryVerdict,
    RevenueAtRisk,
)
from apps.metrics.graphql.types import Money
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field
from cxplatform.graphql.scalars import CurrencyCode
from cxplatform.tenancy.doors import current_brand

_CENT: Final = Decimal("0.01")


@strawberry.enum(description="By which answers an interaction is told to be bad.")
class BadBy(Enum):
    CSAT = strawberry.enum_value("CSAT", description="CSAT of 3 or less.")
    NPS = strawberry.enum_value("NPS", description="NPS of 6 or less.")


@strawberry.type
class LossQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="Whether a failure that was put right leaves customers better off than none: of who met a"
        " touchpoint in the window.",
    )
    def service_recovery(
        self,
        info: Info,
        *,
        window: Span,
        where: Filter = None,
        within_days: Annotated[
            int, strawberry.argument(description="Within how many days it must be put right: 1 to 90.")
        ] = WITHIN_DAYS,
    ) -> RecoveryEffect | None:
        return _recovery(recovery(asked_of(info, window, where).of_all_segments(), within_days))

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="How much less customers spend after a bad interaction than others like them.",
    )
    def bad_interaction_cost(
        self,
        info: Info,
        *,
        window: Span,
        by: Annotated[BadBy, strawberry.argument(description="By which answers.")] = BadBy.CSAT,
        where: Filter = None,
        after_days: Annotated[
            int, strawberry.argument(description="What is spent in so many days counts: 1 to 366.")
        ] = AFTER_DAYS,
    ) -> BadInteractionCost | None:
        return _cost(cost_of_bad_moments(asked_of(info, window, where).of_all_segments(), by.name, after_days))

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="What unhappy customers, and those whom the journey failed in the window, are expected to bring in,"
        " and how much of it is at risk. Empty without a model of purchases.",
    )
    def revenue_at_risk(self, info: Info, *, window: Span, where: Filter = None) -> list[RevenueAtRisk] | None:
        return _risks(risks(asked_of(info, window, where).of_all_segments()))


def _recovery(found: Recovery) -> RecoveryEffect:
    told: dict[str, Any] = {
        "against_never_failed": found.against_never_failed,
        "against_unrecovered": found.against_unrecovered,
    }
    fates = [_fate(each) for each in found.fates.values()]
    return RecoveryEffect(fates=fates, verdict=RecoveryVerdict[found.verdict.name], **told)


def _fate(fared: Fared) -> FateFigures:
    told: dict[str, Any] = {"interval": fared.answers.interval, "retained": fared.retained}
    return FateFigures(
        fate=RecoveryFate[fared.fate.name],
        customers=fared.customers,
        answers=fared.answers.of,
        nps=fared.answers.nps,
        **told,
    )


def _cost(found: Matched) -> BadInteractionCost:
    interval = found.interval
    return BadInteractionCost(
        affected=found.affected,
        others=found.others,
        unmatched=found.unmatched,
        # A loss is what others spend more.
        lost=_money(None if found.difference is None else -found.difference),
        low=_money(None if interval is None else -interval.high),
        high=_money(None if interval is None else -interval.low),
        p_value=found.p_value,
    )


def _risks(found: Sequence[Risk]) -> list[RevenueAtRisk]:
    return [
        RevenueAtRisk(
            detractor=each.detractor,
            exposed=each.exposed,
            customers=each.customers,
            worth=_money(each.worth),
            at_risk=_money(each.at_risk),
            low=_money(None if each.interval is None else max(0.0, each.interval.low)),
            high=_money(None if each.interval is None else each.interval.high),
        )
        for each in found
    ]


def _money(amount: float | None) -> Money | None:
    if amount is None:
        return None
    return Money(amount=Decimal(amount).quantize(_CENT), currency=CurrencyCode(current_brand().currency))
