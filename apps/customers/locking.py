"""Locks on customers, for whoever makes what follows from them anew."""

from collections.abc import Collection
from uuid import UUID

from apps.customers.models import Customer


def lock_customers(customers: Collection[UUID]) -> list[UUID]:
    """Let whoever else makes what follows from these customers wait. Return those there are."""
    # In the order in which imports lock.
    locked = Customer.objects.select_for_update(no_key=True).filter(pk__in=customers)
    return [customer.pk for customer in locked.only("pk").order_by("source", "external_id")]
