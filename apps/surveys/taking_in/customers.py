"""Whom invitations ask, as rows of imports name them: by an external id within a source."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from apps.customers.models import Customer
from apps.surveys.models import Invitation
from cxplatform.imports.reserved import ERASED
from cxplatform.privacy.erasures import is_being_erased


@dataclass(frozen=True)
class Named:
    """The customer of an invitation. `source` is where answers are told to come from, so that both are found in it."""

    source: str
    external_id: str | None
    is_erased: bool = False


def named_of(invitations: Iterable[Invitation]) -> dict[UUID, Named]:
    """Name the customers of invitations, and say who was erased or is about to be."""
    rows = list(invitations)
    people = {row.customer_id for row in rows if row.customer_id is not None}
    merged: dict[UUID | None, list[Customer]] = {}
    for identity in Customer.objects.filter(merged_into__in=people).order_by("external_id"):
        merged.setdefault(identity.merged_into_id, []).append(identity)
    return {row.pk: _named(row, merged) for row in rows}


def _named(invitation: Invitation, merged: dict[UUID | None, list[Customer]]) -> Named:
    customer = invitation.customer
    if customer is None:
        return Named(invitation.source, None, is_erased=invitation.external_id.startswith(ERASED))
    if customer.external_id.startswith(ERASED) or is_being_erased([customer.pk]):
        return Named(invitation.source, None, is_erased=True)
    # It may have been asked as one of the identities that are one customer by now.
    known = (each for each in (customer, *merged.get(customer.pk, ())) if each.source == invitation.source)
    found = next(known, customer)
    return Named(found.source, found.external_id)
