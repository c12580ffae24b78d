"""What people say of a promise: whether it was kept, where nothing measures that, and who repaired it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.serving import insist_on_serving
from apps.journeys.ledger.evidence import Evidence, evidence_of
from apps.journeys.ledger.marks import lock_ledger
from apps.journeys.ledger.renewal import renew_evidence
from apps.journeys.models import (
    BrandPromise,
    DecidedBy,
    Department,
    EvidenceKind,
    Kept,
    PromiseOutcome,
    PromiseStatement,
)
from cxplatform.audit.trail import PERSONAL, Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound

LONGEST_NOTE: Final = 4_000
MEASURED: Final = (DecidedBy.EVENT, DecidedBy.CRITERION)


@dataclass(frozen=True)
class Repair:
    """Which department (by key) put right what a broken promise left, and when."""

    department: str
    at: datetime


def record_promise_outcome(
    *,
    actor: Viewer,
    promise: str,
    evidence: tuple[str, UUID],
    outcome: str,
    note: str,
    repair: Repair | None,
    now: datetime,
) -> PromiseOutcome:
    """Say whether a promise (by key) was kept, by evidence (type and id). Said again, the last word counts.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict where the event or the criterion tells by itself.
    """
    actor.require(Permission.RECORD)
    lock_ledger()
    shown = evidence_of(*evidence)
    if actor.only_own_work:
        _insist_on_serving(actor, shown)
    promised = BrandPromise.objects.filter(key=promise.strip()).first()
    if promised is None:
        raise BadInput("There is no such promise.", field="promise")
    if repair is not None and outcome != Kept.BROKEN:
        raise BadInput("Only what was broken can be repaired.", field="repair")
    known = PromiseOutcome.objects.filter(promise=promised, evidence_id=shown.id).first()
    if known is not None and known.decided_by in MEASURED:
        raise Conflict("That it was kept or broken is measured; a repair of it can be recorded.", field="evidence")
    said = _said(actor, promised, shown, note, now, outcome=outcome, **_repair(repair, shown.occurred_at, now))
    return _stored(actor, "record_promise_outcome", said, now)


def record_promise_repair(
    *, actor: Viewer, outcome_id: UUID, repair: Repair, note: str, now: datetime
) -> PromiseOutcome:
    """Say who put right what a broken promise left, measured or not. Said again, the last word counts.

    Raises: Forbidden; NotFound; BadInput naming the field; Conflict where the promise was not broken.
    """
    actor.require(Permission.RECORD)
    lock_ledger()
    outcome = PromiseOutcome.objects.select_related("promise").filter(pk=outcome_id).first()
    if outcome is None:
        raise NotFound("There is no such outcome.", field="outcome")
    shown = Evidence(
        EvidenceKind(outcome.evidence_kind),
        outcome.evidence_id,
        outcome.customer_id,
        outcome.touchpoint_id,
        outcome.occurred_at,
    )
    if actor.only_own_work:
        _insist_on_serving(actor, shown)
    if outcome.outcome != Kept.BROKEN:
        raise Conflict("Only what was broken can be repaired.", field="outcome")
    said = _said(actor, outcome.promise, shown, note, now, outcome=None, **_repair(repair, shown.occurred_at, now))
    return _stored(actor, "record_promise_repair", said, now)


def _insist_on_serving(actor: Viewer, shown: Evidence) -> None:
    insist_on_serving(actor.member_id, shown.customer_id)


def _repair(repair: Repair | None, broken_at: datetime, now: datetime) -> dict[str, Any]:
    if repair is None:
        return {"repaired_by": None, "repaired_at": None}
    department = Department.objects.filter(key=repair.department.strip()).first()
    if department is None:
        raise BadInput("There is no such department.", field="repair.department")
    if not broken_at <= repair.at <= now:
        raise BadInput("It was repaired after it was broken, and not later than now.", field="repair.at")
    return {"repaired_by": department, "repaired_at": repair.at}


def _said(
    actor: Viewer, promise: BrandPromise, shown: Evidence, note: str, now: datetime, **said: Any
) -> PromiseStatement:
    if len(note) > LONGEST_NOTE:
        raise BadInput(f"A note has at most {LONGEST_NOTE:,} characters.", field="note")
    return PromiseStatement.objects.create(
        promise=promise,
        evidence_kind=shown.kind,
        evidence_id=shown.id,
        customer_id=shown.customer_id,
        touchpoint_id=shown.touchpoint_id,
        occurred_at=shown.occurred_at,
        note=note.strip() or None,
        recorded_at=now,
        recorded_by_id=actor.member_id,
        recorded_by=actor.member_name[:200],
        **said,
    )


def _stored(actor: Viewer, action: str, said: PromiseStatement, now: datetime) -> PromiseOutcome:
    """Make the ledger anew for what was said of, write the action down, and return the outcome."""
    renew_evidence([said.evidence_id])
    outcome = PromiseOutcome.objects.get(promise=said.promise, evidence_id=said.evidence_id)
    told = {
        "outcome": said.outcome,
        "repaired_by": said.repaired_by.key if said.repaired_by else None,
        "repaired_at": said.repaired_at,
        "note": PERSONAL if said.note else None,
    }
    subject = Subject("PromiseOutcome", outcome.id, said.promise.key)
    record_change(actor=actor.actor, action=action, subject=subject, now=now, after=told)
    return outcome
