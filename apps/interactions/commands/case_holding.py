"""What all that people decide about cases has in common: the customer is locked, and its cases are as of now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.locking import lock_customers
from apps.interactions.case_history import Cause
from apps.interactions.joining import join
from apps.interactions.models import Case, CaseChangeKind, CasePin, Interaction, MergedCase
from apps.interactions.own_work import handled_by
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, Forbidden, NotFound


@dataclass(frozen=True)
class Held:
    """A customer whose cases nobody else makes meanwhile, for whoever decides about them."""

    actor: Viewer
    customer_id: UUID
    now: datetime

    def case(self, case_id: UUID, field: str) -> Case:
        """Return a case of the customer. Raises: NotFound; Conflict where it is another's or was merged."""
        found = _case(self.actor, case_id, field)
        if found.customer_id != self.customer_id:
            raise Conflict("The cases are of two customers.", field=field)
        return found

    def pin(self, case: Case, wanted: Mapping[UUID, Iterable[Interaction]]) -> None:
        """Write down which contacts belong to which case from now on; all are about what this case is."""
        pins = [
            CasePin(
                interaction=contact,
                case_id=case_id,
                customer_id=case.customer_id,
                reason_id=case.reason_id,
                pinned_at=self.now,
            )
            for case_id, contacts in wanted.items()
            for contact in contacts
        ]
        columns = ["case_id", "customer", "reason", "pinned_at"]
        CasePin.objects.bulk_create(
            pins, batch_size=1_000, update_conflicts=True, unique_fields=["interaction"], update_fields=columns
        )

    def decide(self, kind: CaseChangeKind) -> None:
        """Make the customer's cases anew by what was decided."""
        join([self.customer_id], self.now, Cause(kind, self.actor.actor))

    def insist_on_own(self, contacts: Collection[Interaction], field: str) -> None:
        """Insist that whoever works on its own alone handled all of these. Raises: Forbidden."""
        if self.actor.only_own_work:
            own = handled_by(self.actor.member_id)
            ids = [contact.pk for contact in contacts]
            if Interaction.objects.filter(own, pk__in=ids).count() < len(set(ids)):
                raise Forbidden("Some of these contacts are not your own work.", field=field)

    def record(self, action: str, case: Case, *, before: Mapping[str, object], after: Mapping[str, object]) -> None:
        subject = Subject("Case", case.pk, case.reason.path)
        record_change(actor=self.actor.actor, action=action, subject=subject, now=self.now, before=before, after=after)


def hold_case(actor: Viewer, case_id: UUID, field: str, *, now: datetime) -> Held:
    """Lock the customer of a case. Raises: Forbidden; NotFound; Conflict where it was merged."""
    actor.require(Permission.RECORD)
    return _held(actor, _case(actor, case_id, field).customer_id, now)


def hold_contact(actor: Viewer, interaction_id: UUID, *, now: datetime) -> Held:
    """Lock the customer of a contact. Raises: Forbidden; NotFound; Conflict where nobody knows whose it is."""
    actor.require(Permission.RECORD)
    rows = Interaction.objects.filter(pk=interaction_id)
    if actor.only_own_work:
        rows = rows.filter(handled_by(actor.member_id))
    found = rows.values_list("customer_id").first()
    if found is None:
        raise NotFound("There is no such interaction.")
    if found[0] is None:
        raise Conflict("Nobody knows whose contact this is.", field="interaction")
    return _held(actor, found[0], now)


def _held(actor: Viewer, customer_id: UUID, now: datetime) -> Held:
    lock_customers([customer_id])
    # What has come meanwhile is joined by itself first, so that what people change is theirs alone.
    join([customer_id], now)
    return Held(actor, customer_id, now)


def _case(actor: Viewer, case_id: UUID, field: str) -> Case:
    cases = Case.objects.select_related("reason").filter(pk=case_id)
    if actor.only_own_work:
        cases = cases.filter(
            pk__in=Interaction.objects.filter(handled_by(actor.member_id), case=case_id).values("case")
        )
    found = cases.first()
    if found is None:
        _insist_on_unmerged(actor, case_id, field)
        raise NotFound("There is no such case.")
    return found


def _insist_on_unmerged(actor: Viewer, case_id: UUID, field: str) -> None:
    """Tell whoever may see what a case was merged into that it was. Raises: NotFound; Conflict."""
    merged = MergedCase.objects.filter(pk=case_id).first()
    if merged is not None:
        _case(actor, merged.into_id, field)
        raise Conflict("The case was merged into another.", field=field)
