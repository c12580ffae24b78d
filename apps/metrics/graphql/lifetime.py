"""The models of purchases over GraphQL, and what each customer is expected to be worth."""

from datetime import datetime
from typing import Annotated, Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers.graphql.types import Customer
from apps.metrics import models
from apps.metrics.lifetime.fits import latest_fit
from apps.metrics.lifetime.refitting import refit_lifetime_model
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.context import AnyInfo, Info
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.payloads import INPUT, UserError, given, optional, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.registry import extend
from cxplatform.graphql.roots import mutation_field, query_field


@strawberry_django.type(
    models.CustomerValue, description="What a customer is expected to be worth over the twelve months after a fit."
)
class CustomerValue(Stored, Node):
    requires = Permission.DRILL_DOWN

    p_alive: auto = column("The probability that it is still a customer, 0 to 1.")
    purchases: auto = column("How many purchases to expect of it.")
    value: auto = column("What these are worth today, in the brand's currency: discounted, of the gross margin.")
    fitted_at: auto = column("When the models were fitted.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        if info.context.rights.only_own_work:
            return queryset.filter(customer__in=Customer.visible(info))
        return queryset


extend(
    Customer,
    "expected_value",
    CustomerValue | None,
    relation(
        "What it is expected to be worth; null for who never bought or has left, and where there is no model.",
        attributes=("id",),
        columns=("customer_id",),
    ),
)


@strawberry.type(description="The models of purchases, as they were fitted last: BG/NBD by the day, and Gamma-Gamma.")
class LifetimeModel:
    fitted_at: datetime = column("When.")
    customers: int = column("How many had bought anything by then, at known exchange rates.")
    repeating: int = column("How many of them had bought on more days than one.")
    usual_gap_days: float | None = column("The median of the days between two purchases.")
    refunded_share: float = column("How much of what was bought was refunded.")
    reason: str | None = column("Why there is no model; null where there is one.")
    r: float | None = column("BG/NBD: the shape of customers' rates of buying.")
    alpha: float | None = column("BG/NBD: the scale of these, in days.")
    a: float | None = column("BG/NBD: with b, how likely customers leave after a purchase.")
    b: float | None = column("BG/NBD: see a.")
    p: float | None = column("Gamma-Gamma: the shape of a customer's purchases about its mean.")
    q: float | None = column("Gamma-Gamma: the shape of these means over customers.")
    v: float | None = column("Gamma-Gamma: their scale, in the brand's currency.")
    correlation: float | None = column("That of how often and how much customers buy.")


@strawberry.input(description="Why the models are to be fitted anew.")
class RefitLifetimeModelInput:
    reason: str | None = optional("For the audit trail, such as that a year of orders was imported.")


@strawberry.type(description="What became of refitLifetimeModel.")
class RefitLifetimeModelPayload:
    lifetime_model: LifetimeModel | None = column(
        "The models as they still are; those to come are there within a minute or two.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was asked for.", default_factory=user_errors)


@strawberry.type
class LifetimeQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        description="The models that CLV_PREDICTED rests on; null before the first fit.",
    )
    def lifetime_model(self, info: Info) -> LifetimeModel | None:
        return _shown(latest_fit())


@strawberry.type
class LifetimeMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=RefitLifetimeModelPayload,
        description="Have the models of purchases fitted anew now, which happens once a week anyhow.",
    )
    def refit_lifetime_model(
        self, info: Info, input: Annotated[RefitLifetimeModelInput, INPUT]
    ) -> RefitLifetimeModelPayload | None:
        reason = given(input).get("reason")
        fit = refit_lifetime_model(actor=viewer_of(info), reason=str(reason or ""), now=info.context.now)
        return RefitLifetimeModelPayload(lifetime_model=_shown(fit))


def _shown(fit: models.LifetimeFit | None) -> LifetimeModel | None:
    if fit is None:
        return None
    told = {name: getattr(fit, name) for name in LifetimeModel.__annotations__}
    return LifetimeModel(**{**told, "reason": fit.reason or None})
