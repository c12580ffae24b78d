"""What became of the invitations that campaigns of a demo brand sent: told as senders, the page and the clock would."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from apps.surveys.campaigns.due import clothe
from apps.surveys.forms import asked
from apps.surveys.invitations.advancing import advance
from apps.surveys.invitations.expiring import expire
from apps.surveys.models import Invitation, PageEntry, PageWord, SurveyResponse
from apps.surveys.reading_forms import form_of
from apps.surveys.taking_in.answers import keep_answers

# Of those who do not answer; the others just get it, and of some nobody confirms even that.
_BOUNCED: Final = 0.03
_DECLINED: Final = _BOUNCED + 0.02
_STARTED: Final = _DECLINED + 0.03
_OPENED: Final = _STARTED + 0.25
_DELIVERED: Final = 0.88
_STATES: Final = ("SENT", "DELIVERED", "OPENED", "STARTED", "ANSWERED", "BOUNCED", "DECLINED")
_WHY: Final = {"ANSWERED": "FINISHED", "BOUNCED": "NO_MAILBOX"}

Answers = Mapping[UUID, SurveyResponse]


def become(rng: Random, rows: Sequence[Invitation], answers: Answers, now: datetime) -> None:
    """Tell of planned invitations that they were sent, and what became of each by now. Runs in the open door."""
    clothe(rows)
    when: dict[str, dict[UUID, datetime]] = defaultdict(dict)
    for row in rows:
        for state, at in _fate(rng, row, answers.get(row.pk)):
            if at < now:
                when[state][row.pk] = at
    for state in _STATES:
        if when[state]:
            advance(list(when[state]), state, when[state], _WHY.get(state))
    answered = {row.pk: row for row in rows if row.pk in answers}
    keep_answers(answered, {key: list(_told(row, answers[key])) for key, row in answered.items()})
    while expire(now):
        pass


def _fate(rng: Random, row: Invitation, answer: SurveyResponse | None) -> Iterator[tuple[str, datetime]]:
    """Tell what happens to an invitation, and when."""
    drawn, seconds, hours = rng.random(), rng.uniform(5, 300), rng.expovariate(1 / 7)
    if answer is not None:
        assert answer.sent_at is not None, "the story says of each answer when it was asked for"
        took = answer.answered_at - answer.sent_at
        yield "SENT", answer.sent_at
        yield "DELIVERED", answer.sent_at + min(took / 4, timedelta(seconds=seconds))
        yield "OPENED", answer.answered_at - min(took / 4, timedelta(seconds=seconds))
        yield "STARTED", answer.answered_at
        yield "ANSWERED", answer.answered_at
        return
    assert row.planned_for is not None, row.pk
    sent = row.planned_for + timedelta(seconds=seconds)
    arrived, read = sent + timedelta(seconds=3), sent + timedelta(seconds=9, hours=hours)
    yield "SENT", sent
    if drawn < _BOUNCED:
        yield "BOUNCED", arrived
    elif drawn < _DELIVERED:
        yield "DELIVERED", arrived
        yield from _read(drawn, read)


def _read(drawn: float, read: datetime) -> Iterator[tuple[str, datetime]]:
    if drawn < _OPENED:
        yield "OPENED", read
    if drawn < _DECLINED:
        yield "DECLINED", read + timedelta(seconds=40)
    elif drawn < _STARTED:
        yield "STARTED", read + timedelta(seconds=25)


def _told(row: Invitation, answer: SurveyResponse) -> Iterator[PageEntry]:
    """Return what the page would have told of an answer: its score, and its comment where the form asks why."""
    assert row.form_id is not None, row.pk
    about: dict[str, Any] = {"invitation": row, "word": PageWord.ANSWER, "at": answer.answered_at}
    yield PageEntry(question="score", value=answer.score, **about)
    if answer.comment and any(each.key == "why" for each in asked(form_of(row.form_id), {"score": answer.score})):
        yield PageEntry(question="why", value=answer.comment, **about)
