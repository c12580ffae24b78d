"""Whether an answer is one, for a single question and for a whole form."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from apps.surveys.forms.shapes import ON_A_SCALE, Answer, Question
from apps.surveys.models.version import QuestionKind

LONGEST_TEXT: Final = 5_000


class AnswerProblem(StrEnum):
    """What is wrong with an answer; the page has words for each."""

    REQUIRED = "REQUIRED"
    NOT_ON_SCALE = "NOT_ON_SCALE"
    NO_SUCH_CHOICE = "NO_SUCH_CHOICE"
    NO_SUCH_QUESTION = "NO_SUCH_QUESTION"
    TOO_LONG = "TOO_LONG"
    NOT_TEXT = "NOT_TEXT"


def problems_of(question: Question, value: object) -> AnswerProblem | None:
    """Tell what is wrong with an answer, None if nothing is. An answer of None passes the question over."""
    if value is None:
        return AnswerProblem.REQUIRED if question.required else None
    if question.kind in ON_A_SCALE:
        # True is no score, though it is an int.
        fits = isinstance(value, int) and not isinstance(value, bool) and value in question.scale
        return None if fits else AnswerProblem.NOT_ON_SCALE
    if question.kind == QuestionKind.TEXT:
        return _of_text(value)
    return _of_choices(question, value)


def understood(question: Question, words: Sequence[str]) -> Answer:
    """Return the answer that the fields of a page's form mean; None where nothing was filled in.

    What is no answer stays as it came, for `problems_of` to say so.
    """
    filled = [word for word in words if word.strip()]
    if not filled:
        return None
    if question.kind == QuestionKind.MULTIPLE_CHOICE:
        return filled
    if question.kind in ON_A_SCALE:
        word = filled[0].strip()
        # Not all digits there are: `int` reads more than these, and refuses very many.
        return int(word) if word.isascii() and word.isdigit() and len(word) <= 3 else word
    return filled[0]


def _of_text(value: object) -> AnswerProblem | None:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        return AnswerProblem.NOT_TEXT
    if len(value) > LONGEST_TEXT:
        return AnswerProblem.TOO_LONG
    # A lone half of a pair of surrogates can be written in JSON, but is no text that could be stored.
    return AnswerProblem.NOT_TEXT if any("\ud800" <= letter <= "\udfff" for letter in value) else None


def _of_choices(question: Question, value: object) -> AnswerProblem | None:
    known = {choice.key for choice in question.choices}
    if question.kind == QuestionKind.SINGLE_CHOICE:
        return None if isinstance(value, str) and value in known else AnswerProblem.NO_SUCH_CHOICE
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        return AnswerProblem.NO_SUCH_CHOICE
    fits = known.issuperset(value) and len(set(value)) == len(value)
    return None if fits else AnswerProblem.NO_SUCH_CHOICE
