"""What can be imported into this app: customers, orders, and who brought whom."""

from collections.abc import Mapping
from typing import Any

from apps.customers.identities.keeping import IDENTITIES
from apps.customers.models import ConsentRecord, ContactChannel, ContactPurpose, Customer, Order, OrderKind, Referral
from cxplatform.imports.checks import not_before
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind, Reference, register
from cxplatform.imports.number_types import Amount
from cxplatform.imports.problems import Code, Problem
from cxplatform.imports.source_keys import SourceKey
from cxplatform.imports.text_types import LANGUAGE, Boolean, Choice, Json, Key, Text
from cxplatform.iso import COUNTRIES, CURRENCIES

CUSTOMER = Reference(Customer, key="external_id", within_source=True, identities=IDENTITIES)
CUSTOMER_ID = SourceKey(200)

CUSTOMERS = Kind(
    name="customers",
    model=Customer,
    topic="customer",
    time_column="joined_at",
    external_id_required=True,
    own_columns=(
        Column("name", Text(200)),
        Column("email", Text(254)),
        Column("phone", Text(50)),
        Column("language", LANGUAGE),
        Column("country", Choice(COUNTRIES, "an ISO 3166-1 country code of two letters")),
        Column("segment", Key(100)),
        Column("joined_at", Instant()),
        Column("churned_at", Instant()),
        Column("attributes", Json()),
    ),
    checks=(not_before("churned_at", "joined_at"),),
)

ORDERS = Kind(
    name="orders",
    model=Order,
    topic="order",
    time_column="ordered_at",
    own_columns=(
        Column("customer", CUSTOMER_ID, required=True, reference=CUSTOMER),
        Column("ordered_at", Instant(), required=True),
        Column("amount", Amount(14, 4), required=True),
        Column(
            "currency",
            Choice(CURRENCIES, "an ISO 4217 currency code of three letters"),
            default=lambda brand: brand.currency,
        ),
        Column("kind", Choice(OrderKind.values), default=OrderKind.PURCHASE.value),
    ),
)


def _of_another(row: Mapping[str, Any]) -> Problem | None:
    if row["referrer"] != row["customer"]:
        return None
    return Problem("referrer", Code.CONFLICT, "must be another customer")


REFERRALS = Kind(
    name="referrals",
    model=Referral,
    topic="referral",
    time_column="referred_at",
    own_columns=(
        Column("referrer", CUSTOMER_ID, required=True, reference=CUSTOMER),
        Column("customer", CUSTOMER_ID, required=True, reference=CUSTOMER),
        Column("referred_at", Instant(), required=True),
    ),
    checks=(_of_another,),
)

CONSENTS = Kind(
    name="consents",
    model=ConsentRecord,
    topic="consent",
    time_column="at",
    append_only=True,
    own_columns=(
        Column("customer", CUSTOMER_ID, required=True, reference=CUSTOMER),
        Column("purpose", Choice(ContactPurpose.values), required=True),
        Column("granted", Boolean(), required=True),
        Column("at", Instant(), required=True),
        Column("channel", Choice(ContactChannel.values)),
        Column("said_where", Key(100)),
        Column("text_version", Key(100)),
    ),
)

register(CUSTOMERS, ORDERS, REFERRALS, CONSENTS)
