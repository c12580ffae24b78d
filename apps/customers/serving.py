"""Which customers a member serves: known where interactions are, which says so here; until then, none."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import Q

from apps.customers.models import Customer
from cxplatform.errors import Forbidden

Served = Callable[[UUID], Q]


def _nobody(member_id: UUID) -> Q:
    return Q(pk__in=[])


_served: Served = _nobody


def register_served(served: Served) -> None:
    """Say how the customers that a member serves are matched."""
    global _served  # noqa: PLW0603  # set once, when the apps are ready
    _served = served


def served_by(member_id: UUID) -> Q:
    """Match the customers whom the member serves."""
    return _served(member_id)


def serves(member_id: UUID, customer_id: UUID) -> bool:
    """Tell whether the member serves the customer, in the open brand door."""
    return Customer.objects.filter(served_by(member_id), pk=customer_id).exists()


def insist_on_serving(member_id: UUID, customer_id: UUID, field: str = "customer") -> None:
    """Let nobody come to serve a customer by saying so. Raises: Forbidden."""
    if not serves(member_id, customer_id):
        raise Forbidden("You do not serve this customer.", field=field)
