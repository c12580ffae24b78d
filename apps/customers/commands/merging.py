"""One person known as several customers: merged into one, and an identity split off again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.customers.identities.holders import Change, lock_makers
from apps.customers.identities.models import IdentityChange, IdentityChangeKind
from apps.customers.identities.moving import give, give_back, identities_of
from apps.customers.models import Customer
from apps.customers.serving import insist_on_serving
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import BadInput, Conflict, NotFound
from cxplatform.imports.locks import lock_kinds_naming
from cxplatform.privacy.erasures import is_being_erased

MOST_IDENTITIES: Final = 50


def merge_customers(*, actor: Viewer, survivor_id: UUID, merged_id: UUID, now: datetime) -> Customer:
    """Make one customer of two: all that names the merged one, and will, is the survivor's. Return the survivor.

    Its own record is kept and becomes an identity of the survivor's, with those it had. Whoever sees only its own work
    serves both. Merged already, it stays so. Raises: Forbidden; BadInput; NotFound; Conflict where either belongs to
    another customer, or is just being forgotten, or too much would change hands.
    """
    if survivor_id == merged_id:
        raise BadInput("A customer cannot be merged into itself.", field="merged")
    _insist_on_rights(actor)
    customers = _locked({"survivor": survivor_id, "merged": merged_id})
    survivor, merged = customers["survivor"], customers["merged"]
    if _is_merged_already(actor, survivor, merged):
        return survivor
    _insist_on_no_erasure([survivor.pk, merged.pk])
    coming, staying = identities_of(merged.pk), identities_of(survivor.pk)
    if len(coming) + len(staying) > MOST_IDENTITIES:
        raise Conflict(f"A customer has {MOST_IDENTITIES} identities at most.", field="merged")
    Customer.objects.filter(pk__in=coming).update(merged_into=survivor.pk)
    give(Change(merged.pk, survivor.pk, coming | staying, now, is_merge=True))
    _tell(IdentityChangeKind.MERGED, [(survivor.pk, each) for each in coming], actor, now)
    _record(actor, "merge_customers", survivor, now, before={"merged": merged.pk}, after={"identities": len(coming)})
    return survivor


def _is_merged_already(actor: Viewer, survivor: Customer, merged: Customer) -> bool:
    """Tell whether nothing is left to do. Raises: Forbidden; Conflict where either belongs to another customer."""
    # Before anything is told: who does not serve a customer learns nothing of it.
    _insist_on_own(actor, survivor, "survivor")
    _insist_on_own(actor, merged, "merged")
    if survivor.merged_into_id is not None:
        raise Conflict("This customer was merged into another one.", field="survivor")
    if merged.merged_into_id not in (None, survivor.pk):
        raise Conflict("This customer was merged into another one.", field="merged")
    return merged.merged_into_id is not None


def split_customer(*, actor: Viewer, identity_id: UUID, now: datetime) -> tuple[Customer, Customer]:
    """Make an identity a customer of its own again, with exactly what came in under it, before and since.

    Return who is left, and the customer that it is. Whoever sees only its own work serves who is left. Raises:
    Forbidden; NotFound; Conflict where it is no identity of another customer, the customer is just being forgotten, or
    too much would change hands.
    """
    _insist_on_rights(actor)
    _lock_what_names_customers()
    known = Customer.objects.filter(pk=identity_id).values_list("merged_into_id", flat=True).first()
    customers = _locked({"identity": identity_id} | ({"customer": known} if known else {}))
    identity = customers["identity"]
    _insist_on_own(actor, customers.get("customer", identity), "identity")
    if identity.merged_into_id is None:
        raise Conflict("This is no identity that was merged into another customer.", field="identity")
    _insist_on_no_erasure([identity.merged_into_id])
    left, people = customers["customer"], identities_of(identity.merged_into_id)
    Customer.objects.filter(pk=identity.pk).update(merged_into=None)
    give_back(identity.pk, Change(left.pk, identity.pk, people, now, is_merge=False))
    _tell(IdentityChangeKind.SPLIT, [(left.pk, identity.pk), (identity.pk, identity.pk)], actor, now)
    _record(actor, "split_customer", left, now, before={"identities": len(people)}, after={"split": identity.pk})
    return left, Customer.objects.get(pk=identity.pk)


def _insist_on_rights(actor: Viewer) -> None:
    actor.require(Permission.RECORD)
    actor.require(Permission.PERSONAL_DATA)


def _insist_on_no_erasure(customers: list[UUID]) -> None:
    """Let all that is a customer's stay its own until all of it is forgotten. Raises: Conflict."""
    if is_being_erased(customers):
        raise Conflict("A customer is being forgotten; ask again when that is done.")


def _insist_on_own(actor: Viewer, customer: Customer, field: str) -> None:
    if actor.only_own_work:
        insist_on_serving(actor.member_id, customer.merged_into_id or customer.pk, field=field)


def _locked(wanted: dict[str, UUID]) -> dict[str, Customer]:
    """Lock customers in the order in which everybody does, and return them by field. Raises: NotFound."""
    _lock_what_names_customers()
    # Nobody can begin to name them meanwhile: a foreign key is checked under a lock that this one excludes.
    rows = Customer.objects.select_for_update().filter(pk__in=wanted.values()).order_by("source", "external_id")
    found = {row.pk: row for row in rows}
    for field, key in wanted.items():
        if key not in found:
            raise NotFound("There is no such customer.", field=field)
    return {field: found[key] for field, key in wanted.items()}


def _lock_what_names_customers() -> None:
    """Let nobody else merge or split, nor import or make what names customers, until the transaction ends.

    The order is everybody's: kinds of imports, then what apps registered, then customers, then rows.
    """
    lock_kinds_naming(Customer)
    lock_makers()


def _tell(kind: IdentityChangeKind, changes: Iterable[tuple[UUID, UUID]], actor: Viewer, now: datetime) -> None:
    IdentityChange.objects.bulk_create(
        IdentityChange(
            customer_id=customer, identity_id=identity, kind=kind, at=now, actor_id=actor.actor.member_id,
            actor_name=actor.actor.name[:200],
        )
        for customer, identity in sorted(changes)
    )  # fmt: skip


def _record(
    actor: Viewer,
    action: str,
    customer: Customer,
    now: datetime,
    *,
    before: dict[str, object],
    after: dict[str, object],
) -> None:
    subject = Subject("Customer", customer.pk)
    record_change(actor=actor.actor, action=action, subject=subject, now=now, before=before, after=after)
