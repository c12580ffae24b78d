"""Wake what was put off: a job that is due when the snooze ends."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from apps.interactions.commands.contacts import happen
from apps.interactions.models import Interaction
from apps.interactions.refolding import refold
from apps.interactions.timing.events import EventKind
from apps.interactions.timing.results import State
from cxplatform.audit.actors import SYSTEM
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease

JOB_KIND: Final = "wake-interaction"


def wake_at(moment: datetime, interaction_id: UUID, *, now: datetime) -> None:
    """Have a contact looked at when its snooze ends."""
    enqueue(JOB_KIND, {"interaction": str(interaction_id)}, now=now, run_after=moment)


def wake_interaction(lease: Lease) -> bool:
    """Let a contact wait in its queue again, if it is still put off and the moment has come."""
    with lease.door():
        now = timezone.now()
        key = Interaction.objects.filter(pk=lease.args["interaction"]).values_list("source", "external_id").first()
        for its in refold([key] if key else [], now=now):
            standing = its.standing
            if standing.state is State.SNOOZED and standing.until is not None and standing.until <= now:
                happen(SYSTEM, "wake_interaction", its, (EventKind.QUEUED, {}), now=now)
    return False
