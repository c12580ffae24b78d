"""Which reason a merged one counts under by now."""

from collections.abc import Iterable
from uuid import UUID

from apps.interactions.models.reason import Reason


def final(reason_id: UUID) -> UUID:
    """Return the reason that stays, through however many merges; the reason itself where it was not merged."""
    reason = Reason.objects.get(pk=reason_id)
    while reason.merged_into is not None:
        reason = reason.merged_into
    return reason.id


def finals(reason_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """Say which reason each merged one of these counts under; a statement, and one more for each merge in a row."""
    known = {identity: identity for identity in reason_ids}
    ahead = set(known)
    while ahead:
        rows = Reason.objects.filter(pk__in=ahead).values_list("pk", "merged_into")
        merged = {identity: into for identity, into in rows if into is not None}
        known = {identity: merged.get(now, now) for identity, now in known.items()}
        ahead = set(merged.values())
    return known
