from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.customers.models import Customer
from apps.customers.serving import insist_on_serving, served_by
from apps.journeys.models import Handoff
from cxplatform.errors import Forbidden
from cxplatform.imports.guards import Write


def record_handoff(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> Handoff:
    """Store that a department handed a customer's matter to another. Absent values keep what is stored, None clears it.

    `values` are the columns of the import kind. Whoever sees only its own work records hand-offs of customers that it
    serves. Raises: Forbidden; RowRefused with every problem.
    """
    key = record_as(
        actor, "handoffs", values, action="record_handoff", now=now, is_own=_of_served_customer, check=_serves_customer
    )
    return Handoff.objects.get(pk=key)


def _of_served_customer(member_id: UUID, handoff_id: UUID) -> bool:
    served = Customer.objects.filter(served_by(member_id))
    return Handoff.objects.filter(pk=handoff_id, customer__in=served).exists()


def _serves_customer(member_id: UUID, write: Write) -> None:
    if "customer" not in write.row.values:
        return
    if "customer" not in write.named:
        raise Forbidden("You do not serve this customer.", field="customer")
    insist_on_serving(member_id, write.named["customer"])
