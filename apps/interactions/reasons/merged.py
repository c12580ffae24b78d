"""Which reason a merged one counts under by now."""

from uuid import UUID

from apps.interactions.models.reason import Reason


def final(reason_id: UUID) -> UUID:
    """Return the reason that stays, through however many merges; the reason itself where it was not merged."""
    reason = Reason.objects.get(pk=reason_id)
    while reason.merged_into is not None:
        reason = reason.merged_into
    return reason.id
