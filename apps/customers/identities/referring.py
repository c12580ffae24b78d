"""Who brought whom, when identities change hands: between two identities of one customer, nobody brought anybody."""

from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from apps.customers.identities import keeping
from apps.customers.identities.holders import Change
from apps.customers.models import Customer, Referral
from cxplatform.imports.remarking import mark_rows

_ENDS: Final = ("referrer_id", "customer_id")


def refer_anew(change: Change) -> None:
    """Let the referrals of these people name who their identities belong to by now.

    Where both ends are one customer, each end names its own identity, as it came in: the database knows no referral
    of oneself, and a split has nothing to guess.
    """
    people = list(change.people)
    rows = list(Referral.objects.filter(Q(referrer__in=people) | Q(customer__in=people)).order_by("id"))
    named = {end: _named(rows, end) for end in _ENDS}
    owners = _owners({identity for ends in named.values() for identity in ends.values()})
    changed = []
    for row in rows:
        identities = [named[end][row.pk] for end in _ENDS]
        ends = [owners[identity] for identity in identities]
        ends = identities if ends[0] == ends[1] else ends
        if ends != [getattr(row, end) for end in _ENDS]:
            row.referrer_id, row.customer_id, row.updated_at = *ends, change.now
            changed.append(row)
    _store(changed, named)


def _store(changed: list[Referral], named: dict[str, dict[UUID, UUID]]) -> None:
    Referral.objects.bulk_update(changed, [*_ENDS, "updated_at"], batch_size=500)
    for end in _ENDS:
        news = {row.pk: _if_other(named[end][row.pk], getattr(row, end)) for row in changed}
        if news:
            keeping.note(Referral, end, news)
    mark_rows(Referral, [row.pk for row in changed])


def _named(rows: list[Referral], end: str) -> dict[UUID, UUID]:
    merged = keeping.under(Referral, end, [row.pk for row in rows])
    return {row.pk: merged.get(row.pk, getattr(row, end)) for row in rows}


def _owners(identities: set[UUID]) -> dict[UUID, UUID]:
    found = Customer.objects.filter(pk__in=identities).values_list("pk", "merged_into_id")
    return {identity: into or identity for identity, into in found}


def _if_other(identity: UUID, end: Any) -> UUID | None:
    return identity if identity != end else None
