"""In a brand's world: a customer that was merged, with what is kept of that."""

from datetime import datetime

from apps.customers.models import Customer, IdentityChange, IdentityRow, Order


def fill_people(customer: Customer, text: str, at: datetime) -> None:
    """Make one of everything that hangs on customers alone; `text` is what names are."""
    merged = Customer.objects.create(external_id="c-3", name=text, email=text, merged_into=customer)
    order = Order.objects.create(external_id="o-2", customer=customer, ordered_at=at, amount=5, currency="EUR")
    IdentityRow.objects.create(identity=merged, table="customers.order", column="customer_id", row_id=order.pk)
    IdentityChange.objects.create(customer=customer, identity=merged, kind="MERGED", at=at, actor_name=text)
