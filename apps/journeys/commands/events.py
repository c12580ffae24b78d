from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from apps.accounts.recording import record_as
from apps.accounts.viewer import Viewer
from apps.customers.commands.recording import of_served, served_customers
from apps.journeys.models import TouchpointEvent


def record_touchpoint_event(*, actor: Viewer, values: Mapping[str, object], now: datetime) -> TouchpointEvent:
    """Store something a customer went through, known by source and external id; without the latter, by its content.

    `values` are the columns of the import kind; absent ones keep what is stored, None clears it. Whoever sees only its
    own work records what customers that it serves went through. Raises: Forbidden; RowRefused with every problem.
    """
    key = record_as(
        actor,
        "touchpoint-events",
        values,
        action="record_touchpoint_event",
        now=now,
        is_own=_is_of_served,
        check=of_served("customer"),
    )
    return TouchpointEvent.objects.get(pk=key)


def _is_of_served(member_id: UUID, event_id: UUID) -> bool:
    return TouchpointEvent.objects.filter(pk=event_id, customer__in=served_customers(member_id)).exists()
