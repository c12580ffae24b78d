"""Write down what reasons became, so that the tree can be asked for as it was."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Max, Q, QuerySet

from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.models.reason import Reason, ReasonVersion


def next_number() -> int:
    """Return the number of the tree's next version, for whoever holds its lock."""
    return 1 + (ReasonVersion.objects.aggregate(last=Max("number"))["last"] or 0)


def write_versions(reasons: Collection[Reason], *, number: int, now: datetime) -> None:
    """Write what these reasons are from now on; what they were until now ends."""
    holding = {version.reason_id: version for version in _holding(reason.id for reason in reasons)}
    for version in holding.values():
        # A clock that was set back does not let a version end before it began.
        version.until = max(now, version.since)
    ReasonVersion.objects.bulk_update(holding.values(), ["until"], batch_size=500)
    ReasonVersion.objects.bulk_create(
        (
            _version(reason, number, max(now, holding[reason.id].since) if reason.id in holding else now)
            for reason in reasons
        ),
        batch_size=500,
    )


def begin_versions(reasons: Iterable[Reason], *, since: datetime = EARLIEST) -> None:
    """Write what reasons without any version are, before they change: nobody said when they began."""
    ReasonVersion.objects.bulk_create(
        (_version(reason, 0, since) for reason in reasons), batch_size=500, ignore_conflicts=True
    )


def begin_made(ids: Collection[UUID], now: datetime) -> None:
    """Write what reasons are that an import made."""
    write_versions(list(Reason.objects.filter(pk__in=ids)), number=next_number(), now=now)


def unversioned(ids: Collection[UUID]) -> list[Reason]:
    """Return those of these reasons that have no version."""
    return list(Reason.objects.filter(pk__in=ids, versions__isnull=True))


def holding_at(at: datetime) -> Q:
    """Match the versions that held at an instant."""
    return Q(since__lte=at) & (Q(until__isnull=True) | Q(until__gt=at))


def _holding(ids: Iterable[UUID]) -> "QuerySet[ReasonVersion]":
    return ReasonVersion.objects.filter(reason__in=list(ids), until__isnull=True)


def _version(reason: Reason, number: int, since: datetime) -> ReasonVersion:
    copied = {name: getattr(reason, name) for name in ("path", "name", "parent_id", "retired_at", "merged_into_id")}
    return ReasonVersion(reason=reason, number=number, since=since, **copied)
