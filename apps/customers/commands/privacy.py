"""Forgetting customers."""

from datetime import datetime
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from cxplatform.privacy.erasures import begin_erasure
from cxplatform.privacy.models import Erasure


def erase_customer(*, actor: Viewer, customer_id: UUID, now: datetime) -> Erasure:
    """Have a customer forgotten in the background; the erasure that is under way, if one is.

    Raises: Forbidden; NotFound.
    """
    actor.require(Permission.MANAGE)
    actor.require(Permission.PERSONAL_DATA)
    return begin_erasure(actor=actor.actor, action="erase_customer", subject_id=customer_id, now=now)
