"""Who never has to ask, who stays how long, and who brings others."""

from datetime import date
from typing import Any

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.experience.cohorts import Cohort, cohorts
from apps.insights.experience.contact_free import contact_free
from apps.insights.experience.referring import referring
from apps.insights.graphql.experience.arguments import EXPERIENCE, CustomersFilter, Filter, Span, asked_of
from apps.insights.graphql.experience.types import CustomerShare
from apps.metrics.graphql.types import Interval
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field


@strawberry.type(description="How many of a cohort stayed so long.")
class CohortPoint:
    months: int = column("So many whole months of their own or longer.")
    retained: CustomerShare = column("How many did.")


@strawberry.type(description="Customers who joined in one month, and how long they stay.")
class RetentionCohort:
    month: date = column("Its first day, in the brand's zone.")
    customers: int = column("How many joined in it.")
    points: list[CohortPoint] = column("From 0 months on, as far as all of them could have stayed by now; 60 at most.")


@strawberry.type(description="What customers active in the window brought in it.")
class ReferralFigures:
    customers: int = column("How many customers were active.")
    brought: int = column("How many others they brought.")
    per_customer: float | None = column("These to a customer; null without customers.")
    interval: Interval | None = column("The 95 % interval of that; null where nobody was brought.")
    referrers: CustomerShare = column("How many customers brought somebody.")
    new_brought: CustomerShare = column("Of those who joined in the window, how many had been brought.")
    promoters: CustomerShare = column("Of the referrers who answered in the window, how many are promoters.")
    promoters_refer: CustomerShare = column("How many promoters brought somebody.")
    others_refer: CustomerShare = column("How many of those did who answered 0 to 8.")
    p_value: float | None = column("How likely these two differ as much by chance; null where either is empty.")


@strawberry.type
class LoyaltyQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="How many active customers made no inbound contact in the window: they did not have to ask.",
    )
    def contact_free_rate(self, info: Info, *, window: Span, where: CustomersFilter = None) -> CustomerShare | None:
        return contact_free(asked_of(info, window, where))  # type: ignore[return-value]  # shown as the type

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="How long those stay who joined in the window, by month and never mixed.",
    )
    def retention_cohorts(
        self, info: Info, *, window: Span, where: CustomersFilter = None
    ) -> list[RetentionCohort] | None:
        return [_shown(each) for each in cohorts(asked_of(info, window, where))]

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="Whether customers bring others, and whether promoters do.",
    )
    def referral_figures(self, info: Info, *, window: Span, where: Filter = None) -> ReferralFigures | None:
        return referring(asked_of(info, window, where).of_all_segments())  # type: ignore[return-value]  # as above


def _shown(cohort: Cohort) -> RetentionCohort:
    kept: list[Any] = list(cohort.kept)
    points = [CohortPoint(months=months, retained=share) for months, share in enumerate(kept)]
    return RetentionCohort(month=cohort.month, customers=cohort.customers, points=points)
