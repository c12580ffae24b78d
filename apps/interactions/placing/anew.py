"""Place contacts anew when it changes where their reason arises: in the background, a step at a time."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from apps.interactions.models.interaction import Interaction
from apps.interactions.models.reason import Reason
from apps.interactions.placing.placing import Contact, place_all
from apps.interactions.refolding import MOVES, TOPIC
from apps.interactions.slas.marks import mark_told
from cxplatform.dirty.marks import mark
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.loading import lock_kind
from cxplatform.jobs.commands import enqueue
from cxplatform.jobs.lease import Lease
from cxplatform.jobs.models import Job
from cxplatform.tenancy.doors import current_brand

JOB_KIND: Final = "place-contacts"
# What a step looks at: it takes a fraction of a second.
CONTACTS_A_STEP: Final = 2_000
_FIRST: Final = UUID(int=0)
_STEP_TIMEOUT_MS: Final = 60_000
_READ: Final = ("pk", "source", "external_id", "customer_id", "reason_id", "touchpoint_id", "placed_id")


def place_anew_later(reason: Reason, now: datetime) -> None:
    """Have the contacts on a reason, and on all that lie below it, placed anew."""
    enqueue(JOB_KIND, {"reason": str(reason.pk), "after": str(_FIRST)}, now=now)


def place_contacts(lease: Lease) -> bool:
    """Place the next contacts in the order of their ids; True means there are more."""
    with lease.door(statement_timeout_ms=_STEP_TIMEOUT_MS):
        # As imports do, and before any row: so nobody waits in a circle.
        lock_kind(current_brand(), kind_named("interactions"))
        reason = Reason.objects.filter(pk=UUID(lease.args["reason"])).first()
        if reason is None:
            return False
        on_it = Q(reason__path=reason.path) | Q(reason__path__startswith=f"{reason.path}/")
        rows = Interaction.objects.filter(on_it, touchpoint=None, pk__gt=UUID(lease.args["after"]))
        last = list(rows.order_by("pk").values_list("pk", flat=True)[CONTACTS_A_STEP - 1 : CONTACTS_A_STEP])
        step = rows.filter(pk__lte=last[0]) if last else rows
        locked = step.select_for_update(no_key=True, of=("self",)).order_by("source", "external_id")
        _count_anew(place_all(Contact(*row) for row in locked.values_list(*_READ)))
        if last:
            lease.args["after"] = str(last[0])
            Job.objects.filter(pk=lease.job_id).update(args=lease.args)
        return bool(last)


def _count_anew(moved: Collection[UUID]) -> None:
    """Mark what is counted of these contacts: when they were opened and whenever they moved, and their targets."""
    zone = current_brand().zone
    opened, days, moves = set(), set(), set()
    for identity, opened_at, reopened_at, *moments in Interaction.objects.filter(pk__in=moved).values_list(
        "pk", "opened_at", "reopened_at", "first_resolved_at", "resolved_at", "closed_at"
    ):
        opened.add((identity, opened_at))
        days.add(opened_at.astimezone(zone).date())
        known = [moment for moment in (opened_at, *(reopened_at or ()), *moments) if moment is not None]
        moves |= {moment.astimezone(zone).date() for moment in known}
    mark(TOPIC, days)
    mark(MOVES[0], moves)
    mark_told(opened)
