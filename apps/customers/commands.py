"""Writes of customers. Each runs inside the brand's door, which the caller opens."""

from collections.abc import Mapping
from datetime import datetime

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.models import Customer
from cxplatform.errors import Forbidden
from cxplatform.imports.recording import record_row


def record_customer(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> Customer:
    """Store a customer, known by source and external id. Absent values keep what is stored, None clears it.

    `values` are the columns of the import kind. Raises: Forbidden; RowRefused with every problem.
    """
    if not actor.may(Permission.RECORD):
        raise Forbidden("Your role does not record.")
    return Customer.objects.get(pk=record_row("customers", values, now=now))
