"""Writes of customers. Each runs inside the brand's door, which the caller opens."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.customers.models import Customer
from apps.customers.serving import serves
from cxplatform.imports.guards import Write


def record_customer(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> Customer:
    """Store a customer, known by source and external id. Absent values keep what is stored, None clears it.

    `values` are the columns of the import kind. Raises: Forbidden; RowRefused with every problem.
    """
    key = record_as(actor, "customers", values, action="record_customer", now=now, is_own=serves, check=_anything)
    return Customer.objects.get(pk=key)


def _anything(member_id: UUID, write: Write) -> None:
    """A customer nobody knew, and one that the member serves, may be told anything of."""
