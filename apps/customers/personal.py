"""What this app's tables hold of customers."""

from apps.customers.models import Customer, ExchangeRate, Order, Referral
from cxplatform.privacy.catalogue import describe, describe_subject
from cxplatform.privacy.tags import ATTRIBUTES, CONTACT, IMPORTED, harmless

_CODE = harmless("a code, the same for many; numbers are told apart by it")

describe_subject(
    Customer,
    {
        **IMPORTED,
        "name": CONTACT,
        "email": CONTACT,
        "phone": CONTACT,
        "language": _CODE,
        "country": _CODE,
        "segment": harmless("a class of customers; numbers are told apart by it"),
        "attributes": ATTRIBUTES,
    },
    active=("joined_at", "created_at"),
)
describe(Order, {**IMPORTED, "currency": _CODE}, about="customer", active="ordered_at")
describe(Referral, IMPORTED, about=("referrer", "customer"), active="referred_at")
describe(ExchangeRate, {"currency": _CODE})
