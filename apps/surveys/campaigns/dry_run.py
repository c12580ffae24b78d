"""Who a campaign would ask now, and why not the others. Writes nothing; runs in the open door."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.surveys.campaigns.knowing import known_of, terms_of, today
from apps.surveys.campaigns.occasions import Occasion, happened
from apps.surveys.campaigns.planning import due_at, since_when, wanted
from apps.surveys.campaigns.sampling import is_sampled
from apps.surveys.campaigns.weighing import Asked, weigh
from apps.surveys.models import Campaign, Invitation, InvitationState

MOST: Final = 5_000
ASKED: Final = "ASKED"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would become of an occasion: `ASKED`, or why its customer is not asked."""

    occasion: Occasion
    outcome: str


@dataclass(frozen=True, slots=True)
class DryRun:
    """`complete`: all that happened was looked at, and not only the first of it."""

    foreseen: list[Foreseen]
    complete: bool

    @property
    def counts(self) -> Counter[str]:
        return Counter(each.outcome for each in self.foreseen)


def dry_run(campaign: Campaign, now: datetime, most: int = MOST) -> DryRun:
    """Go through what happened as planning would, and decide as sending would; one not started, as if it ran."""
    found = happened(campaign, (since_when(campaign, now), UUID(int=0)), now, most + 1)
    occasions = found[:most]
    outcomes = _before_weighing(campaign, occasions, now)
    # In the order in which they are sent.
    left = sorted((each for each in occasions if each.name not in outcomes), key=lambda each: due_at(campaign, each))
    asked = [Asked(each.name, campaign.pk, each.customer, due_at(campaign, each)) for each in left]
    known = known_of(asked, {campaign.pk: campaign}, now)
    for verdict in weigh(asked, {campaign.pk: terms_of(campaign)}, known, now, today(now, 1)):
        outcomes[str(verdict.key)] = verdict.why.value if verdict.why else ASKED
    return DryRun([Foreseen(each, outcomes[each.name]) for each in occasions], complete=len(found) <= most)


def _before_weighing(campaign: Campaign, occasions: Sequence[Occasion], now: datetime) -> dict[str, str]:
    """Say which occasions never come to be weighed, and why."""
    names = [each.name for each in occasions]
    stored = Invitation.objects.filter(campaign=campaign, occasion__in=names).exclude(state=InvitationState.PLANNED)
    invited = set(stored.values_list("occasion", flat=True))
    fitting = {each.name for each in wanted(campaign, occasions, now)}
    found: dict[str, str] = {}
    for each in occasions:
        if each.name in invited:
            found[each.name] = "ALREADY_INVITED"
        elif not is_sampled(campaign.pk, each.name, campaign.sample):
            found[each.name] = "NOT_SAMPLED"
        elif each.name not in fitting:
            found[each.name] = "CONDITIONS"
        elif due_at(campaign, each) > now:
            found[each.name] = "NOT_DUE"
    return found
