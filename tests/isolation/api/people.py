"""In a brand's world: a customer that was merged, with what is kept of that."""

from datetime import datetime

from apps.customers.models import (
    ConsentPolicy,
    ConsentRecord,
    ContactPreference,
    Customer,
    IdentityChange,
    IdentityRow,
    Order,
    Segment,
    SegmentStay,
    SegmentVersion,
)


def fill_people(customer: Customer, text: str, at: datetime) -> None:
    """Make one of everything that hangs on customers alone; `text` is what names are."""
    merged = Customer.objects.create(external_id="c-3", name=text, email=text, merged_into=customer)
    order = Order.objects.create(external_id="o-2", customer=customer, ordered_at=at, amount=5, currency="EUR")
    IdentityRow.objects.create(identity=merged, table="customers.order", column="customer_id", row_id=order.pk)
    rules = {"segment": [text]}
    segment = Segment.objects.create(key=f"segment-{text}", name=text, rules=rules, version=1, size=1, created_at=at)
    SegmentVersion.objects.create(segment=segment, number=1, since=at, rules=rules, actor_name=text)
    SegmentStay.objects.create(segment=segment, customer=customer, entered_at=at)
    ConsentRecord.objects.create(external_id="co-1", customer=customer, purpose="SURVEYS", granted=True, at=at,
                                 said_where=text, text_version=text)  # fmt: skip
    ContactPreference.objects.create(customer=customer, language="en", updated_at=at)
    ConsentPolicy.objects.create(purpose="SURVEYS", opt_in=True)
    IdentityChange.objects.create(customer=customer, identity=merged, kind="MERGED", at=at, actor_name=text)
