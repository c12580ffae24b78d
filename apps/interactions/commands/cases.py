"""What people decide about cases: it is kept by the automatic joining, whatever arrives later, until it is released."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.accounts.viewer import Viewer
from apps.interactions.case_history import Cause, released
from apps.interactions.commands.case_holding import hold_case, hold_contact
from apps.interactions.models import Case, CaseChangeKind, CasePin, Interaction, MergedCase
from cxplatform.errors import BadInput, Conflict
from cxplatform.ids import uuid7

MOST_MERGED: Final = 50
MOST_SPLIT: Final = 100
# What is decided at once is written at once.
MOST_CONTACTS: Final = 5_000


def merge_cases(*, actor: Viewer, case_ids: Sequence[UUID], into_id: UUID, now: datetime) -> Case:
    """Put all contacts of cases of one customer on one reason into one of them, and return it.

    What was merged into it before stays so. Whoever sees only its own work merges cases of its own contacts alone.
    Raises: Forbidden; NotFound; BadInput; Conflict where one was merged elsewhere, or is of another customer or reason.
    """
    if not 1 <= len(set(case_ids)) <= MOST_MERGED:
        raise BadInput(f"1 to {MOST_MERGED} cases are merged at once.", field="cases")
    held = hold_case(actor, into_id, "into", now=now)
    into = held.case(into_id, "into")
    done = set(MergedCase.objects.filter(into=into, pk__in=case_ids).values_list("pk", flat=True))
    cases = [held.case(each, "cases") for each in dict.fromkeys(case_ids) if each not in done | {into_id}]
    if not cases:
        return into
    if any(case.reason_id != into.reason_id for case in cases):
        raise Conflict("The cases are about different reasons.", field="cases")
    ids = [case.pk for case in cases]
    coming = _contacts(*cases)
    held.insist_on_own(coming, "cases")
    held.pin(into, {into.pk: [*_contacts(into), *coming]})
    # Also of contacts that are about something else by now.
    CasePin.objects.filter(case_id__in=ids).update(case_id=into.pk)
    held.decide(CaseChangeKind.MERGED)
    held.record("merge_cases", into, before={"cases": ids}, after={"case": into.pk, "contacts": len(coming)})
    return held.case(into.pk, "into")


def split_case(*, actor: Viewer, case_id: UUID, interaction_ids: Sequence[UUID], now: datetime) -> tuple[Case, Case]:
    """Make a case of its own of some contacts of a case; return what is left of that, and the new one.

    Raises: Forbidden; NotFound; BadInput; Conflict where it was merged, a contact is not of it, or none would be left.
    """
    wanted = set(interaction_ids)
    if not 1 <= len(wanted) <= MOST_SPLIT:
        raise BadInput(f"1 to {MOST_SPLIT} contacts are split off at once.", field="interactions")
    held = hold_case(actor, case_id, "case", now=now)
    case = held.case(case_id, "case")
    contacts = _contacts(case)
    off = [contact for contact in contacts if contact.pk in wanted]
    if len(off) < len(wanted):
        raise Conflict("Some of these contacts are not of this case.", field="interactions")
    if len(off) == len(contacts):
        raise Conflict("Nothing would be left of the case.", field="interactions")
    held.insist_on_own(off, "interactions")
    made = uuid7()
    held.pin(case, {case.pk: [contact for contact in contacts if contact.pk not in wanted], made: off})
    held.decide(CaseChangeKind.SPLIT)
    held.record(
        "split_case",
        case,
        before={"contacts": len(contacts)},
        after={"case": made, "interactions": [contact.pk for contact in off]},
    )
    return held.case(case.pk, "case"), Case.objects.get(pk=made)


def move_interaction(*, actor: Viewer, interaction_id: UUID, case_id: UUID | None = None, now: datetime) -> Case:
    """Put a contact into another case of its customer on its reason, or into a new one; return the case it is in.

    A case whose last contact is moved away is merged into where that went. Raises: Forbidden; NotFound; Conflict where
    nobody knows who made contact or why, or the case is another customer's or about another reason, or was merged.
    """
    held = hold_contact(actor, interaction_id, now=now)
    contact = Interaction.objects.select_related("case").get(pk=interaction_id)
    was = contact.case
    if was is None:
        raise Conflict("Nobody knows why this contact was made.", field="interaction")
    target = None if case_id is None else held.case(case_id, "case")
    if target is not None and target.reason_id != was.reason_id:
        raise Conflict("The case is about another reason.", field="case")
    stay = [other for other in _contacts(was) if other.pk != contact.pk]
    if target == was or (target is None and not stay and was.by_hand):
        return was
    # One that is alone in its case already stays in it, by hand from now on.
    to = target.pk if target else uuid7() if stay else was.pk
    held.pin(was, {was.pk: stay, to: [contact, *(_contacts(target) if target else ())]})
    held.decide(CaseChangeKind.MOVED)
    held.record("move_interaction", was, before={"case": was.pk}, after={"case": to, "interaction": contact.pk})
    return held.case(to, "case")


def release_case(*, actor: Viewer, case_id: UUID, now: datetime) -> Case:
    """Let what people decided about a case hold no more: its contacts are joined as all others.

    Return the case that its first contact is in then. Raises: Forbidden; NotFound; Conflict where it was merged.
    """
    held = hold_case(actor, case_id, "case", now=now)
    case = held.case(case_id, "case")
    contacts = _contacts(case)
    held.insist_on_own(contacts, "case")
    count, _ = CasePin.objects.filter(case_id=case.pk).delete()
    if count:
        released(case.pk, count, Cause(CaseChangeKind.RELEASED, actor.actor), now)
        held.decide(CaseChangeKind.RELEASED)
        held.record("release_case", case, before={"contacts": count}, after={"contacts": 0})
    return Case.objects.select_related("reason").get(interactions=contacts[0])


def _contacts(*cases: Case) -> list[Interaction]:
    """Read cases' contacts in the order they were opened. Raises: Conflict where there are too many."""
    rows = Interaction.objects.filter(case__in=cases).order_by("opened_at", "source", "external_id")
    found = list(rows[: MOST_CONTACTS + 1])
    if len(found) > MOST_CONTACTS:
        raise Conflict(f"What is decided at once is about {MOST_CONTACTS} contacts at most.")
    return found
