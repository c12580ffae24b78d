"""A question as the page's template shows it: its words, its options, and what was filled in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from apps.surveys.forms import WordedQuestion
from apps.surveys.forms.answering import LONGEST_TEXT
from apps.surveys.models import QuestionKind

_LISTS: Final = {QuestionKind.SINGLE_CHOICE.value: "radio", QuestionKind.MULTIPLE_CHOICE.value: "checkbox"}
PREFIX: Final = "q."


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    checked: bool


@dataclass(frozen=True)
class Field:
    """`options` are the scores of a scale or the choices of a list; a text has none."""

    id: str
    name: str
    title: str
    help: str
    lowest: str
    highest: str
    required: bool
    need: str
    type: str
    is_scale: bool
    options: Sequence[Option]
    text: str
    error: str
    longest: int = LONGEST_TEXT

    @property
    def is_text(self) -> bool:
        return self.type == "text"

    @property
    def ends(self) -> bool:
        return self.is_scale and len(self.options) > 2 and bool(self.lowest or self.highest)

    @property
    def described(self) -> str:
        """The ids of what tells more of it, in the order in which it is to be read."""
        parts = (("help", self.help), ("error", self.error), ("ends", self.ends))
        return " ".join(f"{self.id}-{part}" for part, there in parts if there)


def field_of(question: WordedQuestion, filled: Sequence[str], problem: str | None, words: Mapping[str, str]) -> Field:
    """Put a question together with what was filled in and what is wrong with that."""
    is_text = question.kind == QuestionKind.TEXT
    return Field(
        id=f"q-{question.key}",
        name=PREFIX + question.key,
        title=question.title,
        help=question.help,
        lowest=question.lowest,
        highest=question.highest,
        required=question.required,
        need=words["required" if question.required else "optional"],
        type="text" if is_text else _LISTS.get(question.kind, "radio"),
        is_scale=not is_text and question.kind not in _LISTS,
        options=[Option(value, label, value in filled) for value, label in _options(question, words)],
        text=filled[0] if is_text and filled else "",
        error=words[problem] if problem else "",
    )


def _options(question: WordedQuestion, words: Mapping[str, str]) -> list[tuple[str, str]]:
    if question.choices:
        return [(each.key, each.label) for each in question.choices]
    if question.low is None or question.high is None:
        return []
    scores = [str(score) for score in range(question.low, question.high + 1)]
    if len(scores) == 2:
        # Yes or no is asked in words.
        return list(zip(scores, (question.lowest or words["no"], question.highest or words["yes"]), strict=True))
    return [(score, score) for score in scores]
