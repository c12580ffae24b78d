from dataclasses import replace
from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.customers import commands
from apps.customers.graphql.inputs import (
    RecordExchangeRatesInput,
    RecordOrderInput,
    RecordReferralInput,
    SetMoneyTermsInput,
)
from apps.customers.graphql.money.types import ExchangeRate, MoneyTerms, Referral
from apps.customers.graphql.types import Order
from apps.customers.terms import money_terms
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.payloads import INPUT, UserError, given, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field

_NOT_STORED = "Why nothing was stored."


@strawberry.type(description="What became of recordOrder.")
class RecordOrderPayload:
    order: Order | None = column("The order as stored; null when there are errors or you may not see it.", default=None)
    user_errors: list[UserError] = column(_NOT_STORED, default_factory=user_errors)


@strawberry.type(description="What became of recordReferral.")
class RecordReferralPayload:
    referral: Referral | None = column(
        "The referral as stored; null when there are errors or you may not see it.", default=None
    )
    user_errors: list[UserError] = column(_NOT_STORED, default_factory=user_errors)


@strawberry.type(description="What became of recordExchangeRates.")
class RecordExchangeRatesPayload:
    exchange_rates: list[ExchangeRate] | None = column("The rates, in the order given.", default=None)
    user_errors: list[UserError] = column(_NOT_STORED, default_factory=user_errors)


@strawberry.type(description="What became of setMoneyTerms.")
class SetMoneyTermsPayload:
    money_terms: MoneyTerms | None = column("The terms as they are now.", default=None)
    user_errors: list[UserError] = column(_NOT_STORED, default_factory=user_errors)


@strawberry.type
class MoneyMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordOrderPayload,
        description="Store an order or a movement of a subscription, or change the one with this source and id.",
    )
    def record_order(self, info: Info, input: Annotated[RecordOrderInput, INPUT]) -> RecordOrderPayload | None:
        stored = commands.record_order(actor=viewer_of(info), values=given(input), now=info.context.now)
        shown = Order.find(stored.pk, info._raw_info)
        return RecordOrderPayload(order=shown)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordReferralPayload,
        description="Store that a customer brought another one, or change what has this source and id.",
    )
    def record_referral(self, info: Info, input: Annotated[RecordReferralInput, INPUT]) -> RecordReferralPayload | None:
        stored = commands.record_referral(actor=viewer_of(info), values=given(input), now=info.context.now)
        shown = Referral.find(stored.pk, info._raw_info)
        return RecordReferralPayload(referral=shown)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=RecordExchangeRatesPayload,
        description="Store what other currencies are worth in the brand's; one that is known stays as it is.",
    )
    def record_exchange_rates(
        self, info: Info, input: Annotated[RecordExchangeRatesInput, INPUT]
    ) -> RecordExchangeRatesPayload | None:
        rates = [commands.NewRate(str(each.currency), each.effective_from, each.rate) for each in input.rates]
        stored = commands.record_exchange_rates(actor=viewer_of(info), rates=rates, now=info.context.now)
        return RecordExchangeRatesPayload(exchange_rates=stored)  # type: ignore[arg-type]  # rows, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.CONFIGURE,
        payload=SetMoneyTermsPayload,
        description="Say on which terms the brand reckons with money.",
    )
    def set_money_terms(self, info: Info, input: Annotated[SetMoneyTermsInput, INPUT]) -> SetMoneyTermsPayload | None:
        said = {name: value for name, value in given(input).items() if value is not None}
        terms = replace(money_terms(), **said)  # type: ignore[arg-type]  # numbers, by the input's types
        kept = commands.set_money_terms(actor=viewer_of(info), terms=terms, now=info.context.now)
        return SetMoneyTermsPayload(money_terms=kept)  # type: ignore[arg-type]  # a value, shown as the type
