"""The brand's policies as values, with the calendars they count by. Runs inside the brand's door."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

import msgspec

from apps.interactions.calendars.timeline import Timeline
from apps.interactions.models import Queue, SlaPolicyVersion
from apps.interactions.selectors import timelines, versions_of
from apps.interactions.sla.policies import Policy
from apps.interactions.sla.written import WrittenTarget, targets_of
from cxplatform.tenancy.locks import lock


@dataclass(frozen=True)
class Policies:
    """All versions of all policies, and the timelines of the calendars that they name."""

    all: tuple[Policy, ...]
    calendars: Mapping[UUID, Timeline]


def lock_promises() -> None:
    """Wait until nobody else changes policies or makes targets; held to the end of the open door's transaction.

    A contact committed beside a policy that is not would lose its mark to targets made without that.
    """
    lock("sla policies")


def policies_of_brand() -> Policies:
    """Read all there are: three statements, however many contacts they are for."""
    versions = list(SlaPolicyVersion.objects.select_related("policy").order_by("policy", "effective_from", "number"))
    queues = dict(
        Queue.objects.filter(key__in={key for each in versions for key in each.queues}).values_list("key", "id")
    )
    policies = tuple(_policy(version, following, queues) for version, following in _with_following(versions))
    named = {policy.calendar for policy in policies if policy.calendar is not None}
    return Policies(policies, timelines(versions_of(named)) if named else {})


def _with_following(versions: list[SlaPolicyVersion]) -> list[tuple[SlaPolicyVersion, SlaPolicyVersion | None]]:
    """Pair each version with the one of its policy that takes its place."""
    pairs = zip(versions, [*versions[1:], None], strict=True)
    return [(one, other if other and other.policy_id == one.policy_id else None) for one, other in pairs]


def _policy(version: SlaPolicyVersion, following: SlaPolicyVersion | None, queues: Mapping[str, UUID]) -> Policy:
    ends = [end for end in (version.policy.retired_at, following.effective_from if following else None) if end]
    # A queue that nobody has named yet fits no contact.
    wanted = {queues.get(key, version.id) for key in version.queues}
    return Policy(
        version_id=version.id,
        rank=version.rank,
        key=version.policy.key,
        since=version.effective_from,
        until=min(ends, default=None),
        targets=targets_of(msgspec.convert(version.targets, list[WrittenTarget])),
        channels=frozenset(version.channels),
        priorities=frozenset(version.priorities),
        queues=frozenset(wanted),
        segments=frozenset(version.segments),
        calendar=version.calendar_id,
    )
