"""Recording customers, their orders and who brought whom: rows of the import kinds, one at a time."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from apps.accounts.recording import Check, record_as
from apps.accounts.viewer import Viewer
from apps.customers.models import Customer, Order, Referral
from apps.customers.serving import insist_on_serving, served_by, serves
from cxplatform.errors import Forbidden
from cxplatform.imports.guards import Write


def record_customer(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> Customer:
    """Store a customer, known by source and external id. Absent values keep what is stored, None clears it.

    `values` are the columns of the import kind. Raises: Forbidden; RowRefused with every problem.
    """
    key = record_as(actor, "customers", values, action="record_customer", now=now, is_own=serves, check=_anything)
    return Customer.objects.get(pk=key)


def record_order(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> Order:
    """Store an order or a movement of a subscription, known by source and external id.

    `values` are the columns of the import kind. Whoever sees only its own work records what customers that it serves
    ordered. Raises: Forbidden; RowRefused with every problem.
    """
    key = record_as(
        actor, "orders", values, action="record_order", now=now, is_own=_order_is_own, check=of_served("customer")
    )
    return Order.objects.get(pk=key)


def record_referral(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> Referral:
    """Store that a customer brought another one, known by source and external id.

    `values` are the columns of the import kind. Whoever sees only its own work serves both of them. Raises: Forbidden;
    RowRefused with every problem.
    """
    check = of_served("referrer", "customer")
    key = record_as(actor, "referrals", values, action="record_referral", now=now, is_own=_referral_is_own, check=check)
    return Referral.objects.get(pk=key)


def _order_is_own(member_id: UUID, order_id: UUID) -> bool:
    return Order.objects.filter(pk=order_id, customer__in=served_customers(member_id)).exists()


def _referral_is_own(member_id: UUID, referral_id: UUID) -> bool:
    people = served_customers(member_id)
    return Referral.objects.filter(pk=referral_id, customer__in=people, referrer__in=people).exists()


def served_customers(member_id: UUID) -> "QuerySet[Customer]":
    """Return the customers whom the member serves."""
    return Customer.objects.filter(served_by(member_id))


def of_served(*columns: str) -> Check:
    """Return a check that every customer the row names is one that the member serves."""

    def check(member_id: UUID, write: Write) -> None:
        for column in columns:
            if column not in write.row.values:
                continue
            if column not in write.named:
                raise Forbidden("You do not serve this customer.", field=column)
            insist_on_serving(member_id, write.named[column])

    return check


def _anything(member_id: UUID, write: Write) -> None:
    """A customer nobody knew, and one that the member serves, may be told anything of."""
