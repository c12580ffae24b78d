"""Take in what customers told the page: entries become answers, the answers count, and invitations move on.

A batch is one transaction that deletes what it took in, so that a worker that dies has done all of it or nothing.
One at a time for a brand: of two, neither would see what the other just read.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils import timezone

from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Invitation, InvitationState, PageEntry, PageWord
from apps.surveys.taking_in.answers import keep_answers
from apps.surveys.taking_in.customers import named_of
from apps.surveys.taking_in.responses import count_answers
from apps.surveys.taking_in.withdrawals import withdraw
from cxplatform.faults import reached
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.locks import lock

AT_ONCE: Final = 200
_LOCK: Final = "surveys-taking-in"

Entries = Mapping[UUID, Sequence[PageEntry]]


def take_in_some(brand: BrandRef, *, most: int = AT_ONCE) -> bool:
    """Take in the entries that have waited longest, in a door of its own; True when there may be more."""
    with brand_tx(brand):
        lock(_LOCK)
        entries = list(PageEntry.objects.order_by("id")[:most])
        if entries:
            _take_in(entries, timezone.now())
            PageEntry.objects.filter(pk__in=[each.pk for each in entries]).delete()
            reached("page-entries-taken-in")
    return len(entries) == most


def _take_in(entries: Sequence[PageEntry], now: datetime) -> None:
    invitations = _invitations({each.invitation_id for each in entries})
    named = named_of(invitations.values())
    told: dict[UUID, list[PageEntry]] = defaultdict(list)
    for entry in entries:
        # What somebody who was erased said meanwhile is not kept after all.
        if not named[entry.invitation_id].is_erased:
            told[entry.invitation_id].append(entry)
    keep_answers(invitations, _of(told, PageWord.ANSWER))
    count_answers([invitations[key] for key in _of(told, PageWord.ANSWER)], named, now)
    _move_on(invitations, told)
    withdraw(_of(told, PageWord.WITHDRAWN), named, now)


def _invitations(keys: Iterable[UUID]) -> dict[UUID, Invitation]:
    """Read invitations with all that is asked of them, locked as whoever moves them on locks."""
    rows = Invitation.objects.select_for_update(of=("self",)).filter(pk__in=list(keys)).order_by("pk")
    return {row.pk: row for row in rows.select_related("survey", "form", "customer", "touchpoint")}


def _of(told: Entries, word: PageWord) -> dict[UUID, list[PageEntry]]:
    found = {key: [each for each in entries if each.word == word] for key, entries in told.items()}
    return {key: entries for key, entries in found.items() if entries}


def _move_on(invitations: Mapping[UUID, Invitation], told: Entries) -> None:
    """Tell invitations what happened to them. Who answers anything has answered; FINISHED or LATE closes the page."""
    steps = (
        (PageWord.OPENED, InvitationState.OPENED),
        (PageWord.ANSWER, InvitationState.STARTED),
        (PageWord.ANSWER, InvitationState.ANSWERED),
        (PageWord.DECLINED, InvitationState.DECLINED),
    )
    for word, state in steps:
        advance_all = {key: entries[0].at for key, entries in _of(told, word).items()}
        if state == InvitationState.ANSWERED:
            advance_all = {key: at for key, at in advance_all.items() if _scored(invitations[key])}
        if advance_all:
            advance(list(advance_all), state, advance_all)
    for key, entries in _of(told, PageWord.FINISHED).items():
        _finish(invitations[key], entries[0].at)


def _finish(invitation: Invitation, at: datetime) -> None:
    """Close what was answered to its end; who passed over everything has declined."""
    if not invitation.answers.exists():
        advance([invitation.pk], InvitationState.DECLINED, at, why="NOTHING_ANSWERED")
        return
    late = invitation.expires_at is not None and at >= invitation.expires_at
    advance([invitation.pk], InvitationState.ANSWERED, at, why="LATE" if late else "FINISHED")


def _scored(invitation: Invitation) -> bool:
    """Tell whether the survey's own question is answered: then it counts as answered, whether it was ended or not."""
    return invitation.answers.filter(question__kind=invitation.survey.kind, score__isnull=False).exists()
