"""Whom campaigns of a demo brand asked while they ran, and what became of that: as workers and page would have done it.

Found, weighed, planned and moved on by their code, as of the moments it happened at. Who answered is told by the
story's answers, which are here already: they get the invitations that asked for them, and no answer is added.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID

from apps.surveys.campaigns.knowing import known_of, terms_of
from apps.surveys.campaigns.occasions import Occasion, happened
from apps.surveys.campaigns.planning import due_at, plan_for
from apps.surveys.campaigns.weighing import Asked, weigh
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Campaign, Invitation, SurveyResponse
from config.demo.fates import become

_MOST: Final = 20_000
# Workers look more often than the shortest delay there is.
_LOOKED: Final = timedelta(minutes=45)


@dataclass(frozen=True)
class Ran:
    """A campaign, and from when to when it asks here."""

    campaign: Campaign
    began: datetime
    ended: datetime


@dataclass(frozen=True)
class _Case:
    """Something that a campaign asks about, when, and what was answered; `why` says why nobody is asked."""

    campaign: Campaign
    occasion: Occasion
    answer: SurveyResponse | None
    why: str | None = None

    @property
    def due(self) -> datetime:
        return due_at(self.campaign, self.occasion)


def live_through(ran: Sequence[Ran], *, now: datetime, noon: datetime, seed: str) -> None:
    """Have campaigns ask as they would have. `noon`: an hour at which nobody wishes quiet. Runs in the open door."""
    rng = Random(seed)  # noqa: S311  # made-up data
    cases = sorted(
        (case for each in ran for case in _cases(rng, each)),
        key=lambda case: (case.due, str(case.occasion.interaction)),
    )
    weighed = list(_weighed(cases, noon))
    for each in ran:
        for batch in _looks([case.occasion for case in weighed if case.campaign == each.campaign]):
            plan_for(each.campaign, batch, batch[-1].at)
    planned = _planned(weighed)
    _suppress(weighed, planned)
    sent = [case for case in weighed if case.why is None and case.due < noon]
    answers = {planned[_name(case)].pk: case.answer for case in sent if case.answer is not None}
    become(rng, [planned[_name(case)] for case in sent], answers, now)


def _cases(rng: Random, ran: Ran) -> Iterator[_Case]:
    """Sample what happened: all that was answered is in it, and nothing that another survey was answered about."""
    found = happened(ran.campaign, (ran.began, UUID(int=0)), ran.ended, _MOST)
    answers = _answers(ran.campaign, found)
    for each in sorted(found, key=lambda occasion: (occasion.at, str(occasion.interaction))):
        answer, is_drawn = answers.get(str(each.interaction)), rng.random() < ran.campaign.sample
        case = _Case(ran.campaign, each, answer)
        if answer is None:
            if is_drawn:
                yield case
        elif answer.survey_id == ran.campaign.survey_id and answer.sent_at and answer.sent_at >= case.due:
            yield case


def _answers(campaign: Campaign, found: Sequence[Occasion]) -> dict[str, SurveyResponse]:
    """Return the answers about contacts by the contact; where it has several, the one to the campaign's survey."""
    about = [each.interaction for each in found]
    rows = SurveyResponse.objects.filter(interaction_external_id__in=about).order_by("answered_at", "external_id")
    known: dict[str, SurveyResponse] = {}
    for row in rows:
        key = str(row.interaction_external_id)
        if key not in known or row.survey_id == campaign.survey_id:
            known[key] = row
    return known


def _weighed(cases: Sequence[_Case], noon: datetime) -> Iterator[_Case]:
    """Decide upon each as of when it was due, by what was sent until then.

    An answer that the campaign would not have asked for came of something else: it is left alone.
    """
    campaigns = {case.campaign.pk: case.campaign for case in cases}
    terms = {key: terms_of(campaign) for key, campaign in campaigns.items()}
    asked = [Asked(case.occasion.name, case.campaign.pk, case.occasion.customer, case.due) for case in cases]
    known, sent = known_of(asked, campaigns, noon), _sent({each.customer for each in asked})
    for case, each in zip(cases, asked, strict=True):
        theirs = sent[case.occasion.customer]
        before = bisect_right(theirs, case.due)
        known.last_asked = {case.occasion.customer: theirs[before - 1]} if before else {}
        (verdict,) = weigh([each], terms, known, case.due, noon)
        if verdict.why is None:
            insort(theirs, case.due)
            yield case
        elif case.answer is None:
            yield _Case(case.campaign, case.occasion, None, verdict.why.value)


def _sent(customers: Iterable[UUID | None]) -> defaultdict[UUID, list[datetime]]:
    found: defaultdict[UUID, list[datetime]] = defaultdict(list)
    rows = Invitation.objects.filter(customer__in=list(customers), sent_at__isnull=False).order_by("sent_at")
    for customer, at in rows.values_list("customer_id", "sent_at"):
        if customer is not None and at is not None:
            found[customer].append(at)
    return found


def _looks(occasions: Sequence[Occasion]) -> Iterator[list[Occasion]]:
    """Divide what happened into what a worker finds at once."""
    batch: list[Occasion] = []
    for each in occasions:
        if batch and each.at - batch[0].at > _LOOKED:
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def _in_turn(case: _Case) -> tuple[datetime, str]:
    return case.due, str(case.occasion.interaction)


def _name(case: _Case) -> tuple[UUID | None, str | None]:
    return case.campaign.pk, case.occasion.name


def _planned(cases: Sequence[_Case]) -> dict[tuple[UUID | None, str | None], Invitation]:
    rows = Invitation.objects.filter(campaign__in={case.campaign.pk for case in cases})
    return {(row.campaign_id, row.occasion): row for row in rows.select_related("campaign")}


def _suppress(cases: Iterable[_Case], planned: Mapping[tuple[UUID | None, str | None], Invitation]) -> None:
    by_why: dict[str, dict[UUID, datetime]] = defaultdict(dict)
    for case in cases:
        if case.why is not None:
            by_why[case.why][planned[_name(case)].pk] = case.due
    for why, when in by_why.items():
        advance(list(when), "SUPPRESSED", when, why)
