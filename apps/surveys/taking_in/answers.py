"""Keep what was answered to each question: the last of what was said."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from apps.surveys.forms import problems_of
from apps.surveys.models import GivenAnswer, Invitation, PageEntry, Question, QuestionKind
from apps.surveys.reading_forms import form_of


def keep_answers(invitations: Mapping[UUID, Invitation], told: Mapping[UUID, Sequence[PageEntry]]) -> None:
    """Store answers in the order they were given. One that is none to its question, whoever put it in, is dropped."""
    for key, entries in told.items():
        invitation = invitations[key]
        if invitation.form_id is None:
            continue
        form, rows = form_of(invitation.form_id), _questions(invitation.form_id)
        for entry in sorted(entries, key=lambda each: (each.at, each.pk)):
            asked = form.question(entry.question or "")
            if asked is None or entry.value is None or problems_of(asked, entry.value) is not None:
                continue
            _keep(invitation, rows[asked.key], entry)


def _questions(version_id: UUID) -> dict[str, Question]:
    return {row.key: row for row in Question.objects.filter(version=version_id)}


def _keep(invitation: Invitation, question: Question, entry: PageEntry) -> None:
    values = {**_value(question, entry.value), "given_at": entry.at}
    stored, made = GivenAnswer.objects.get_or_create(invitation=invitation, question=question, defaults=values)
    if not made and stored.given_at < entry.at:
        GivenAnswer.objects.filter(pk=stored.pk).update(**values)


def _value(question: Question, value: Any) -> dict[str, Any]:
    if question.kind == QuestionKind.TEXT:
        return {"score": None, "choices": None, "text": value}
    if question.kind in (QuestionKind.SINGLE_CHOICE, QuestionKind.MULTIPLE_CHOICE):
        return {"score": None, "choices": value if isinstance(value, list) else [value], "text": None}
    return {"score": value, "choices": None, "text": None}
