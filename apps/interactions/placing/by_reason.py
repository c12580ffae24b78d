"""At which touchpoint a reason arises: the one linked to it, else to the nearest reason above it. In the open door."""

from collections.abc import Collection, Mapping
from uuid import UUID

from apps.interactions.models.reason import Reason, ReasonTouchpoint
from apps.interactions.reasons.merged import finals
from apps.interactions.reasons.paths import prefixes


def touchpoints_of(reason_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the touchpoint of each of these reasons that has one; of several that are linked, the first linked.

    Merged reasons arise where those do that they were merged into. A few statements, however many reasons.
    """
    means = finals(reason_ids)
    paths = dict(Reason.objects.filter(pk__in=set(means.values())).values_list("pk", "path"))
    above = {prefix for path in paths.values() for prefix in prefixes(path)}
    links = ReasonTouchpoint.objects.filter(reason__path__in=above, reason__merged_into=None)
    at: dict[str, UUID] = {}
    for path, touchpoint in links.order_by("linked_at", "id").values_list("reason__path", "touchpoint_id"):
        at.setdefault(path, touchpoint)
    found = {reason: nearest(paths[final], at) for reason, final in means.items() if final in paths}
    return {reason: touchpoint for reason, touchpoint in found.items() if touchpoint is not None}


def nearest(path: str, at: Mapping[str, UUID]) -> UUID | None:
    """Return what the longest of a path's beginnings leads to."""
    leading = max((prefix for prefix in prefixes(path) if prefix in at), key=len, default=None)
    return None if leading is None else at[leading]
