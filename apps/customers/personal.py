"""What this app's tables hold of customers."""

from apps.customers.models import (
    ConsentRecord,
    ContactPreference,
    Customer,
    CustomerIdentity,
    ExchangeRate,
    IdentityChange,
    IdentityRow,
    Order,
    Referral,
    Segment,
    SegmentMember,
    SegmentStay,
    SegmentVersion,
)
from cxplatform.privacy.catalogue import describe, describe_subject
from cxplatform.privacy.tags import ATTRIBUTES, CONTACT, IMPORTED, harmless, staff

_CODE = harmless("a code, the same for many; numbers are told apart by it")

_OWN = harmless("the brand's own words for classes of customers")
_MAPPED = harmless("a name of ours for a table or a column")
_CUSTOMER = {
    **IMPORTED,
    "name": CONTACT,
    "email": CONTACT,
    "phone": CONTACT,
    "language": _CODE,
    "country": _CODE,
    "segment": harmless("a class of customers; numbers are told apart by it"),
    "attributes": ATTRIBUTES,
}

_KNOWN_SINCE = ("joined_at", "created_at")
describe_subject(Customer, _CUSTOMER, active=_KNOWN_SINCE, same="merged_into")
describe(CustomerIdentity, _CUSTOMER, about="merged_into", active=_KNOWN_SINCE)
describe(IdentityRow, {"table": _MAPPED, "column": _MAPPED}, about=("identity", "identity__merged_into"))
describe(IdentityChange, {"actor_name": staff("who decided")}, about=("customer", "identity"))
describe(
    ConsentRecord,
    {**IMPORTED, "said_where": _OWN, "text_version": _OWN},
    about="customer",
    active="at",
)
describe(ContactPreference, dict.fromkeys(("language", "quiet_from", "quiet_until"), _CODE), about="customer")
_FAILED = harmless("which kind of fault the database met")
describe(Segment, {**dict.fromkeys(("key", "name", "rules"), _OWN), "failure": _FAILED})
describe(SegmentVersion, {"rules": _OWN, "actor_name": staff("who decided")})
describe(SegmentMember, {}, about="customer")
describe(SegmentStay, {}, about="customer")
describe(Order, {**IMPORTED, "currency": _CODE}, about="customer", active="ordered_at")
describe(Referral, IMPORTED, about=("referrer", "customer"), active="referred_at")
describe(ExchangeRate, {"currency": _CODE})
