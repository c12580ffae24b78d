"""In a brand's world: a customer that was merged, with what is kept of that."""

from datetime import datetime, timedelta

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
from apps.insights.models import Outreach, ProactiveRule


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
    reach_out(customer, segment, text, at)


def reach_out(customer: Customer, segment: Segment, text: str, at: datetime) -> None:
    """Have a rule reach a customer."""
    rule = ProactiveRule.objects.create(
        key=f"rule-{text}", name=text, segment=segment, kind="OFFER", text=text, channel="EMAIL", state="APPROVED",
        state_since=at, approved_at=at, approved_by=text, created_at=at, updated_at=at,
    )  # fmt: skip
    Outreach.objects.create(
        rule=rule, customer=customer, drawn_as=customer.pk, arm="TREATED", taken_at=at, until=at + timedelta(days=14)
    )
