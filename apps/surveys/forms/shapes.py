"""What a form is: questions in their order, where answers lead, words by language, and the brand's look."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from apps.surveys.forms.look import PLAIN, Look
from apps.surveys.models.survey import SCORE_RANGES
from apps.surveys.models.version import QuestionKind

SCORED: Final = frozenset(SCORE_RANGES)
ON_A_SCALE: Final = SCORED | {QuestionKind.RATING.value}
WITH_CHOICES: Final = frozenset({QuestionKind.SINGLE_CHOICE.value, QuestionKind.MULTIPLE_CHOICE.value})

# A score, the key of a choice, keys of choices, or text. None is a question that was passed over.
Answer = int | str | list[str] | None
Answers = Mapping[str, Answer]
# By language tag, and of each language by what it is for: `title`, `help`…
Words = Mapping[str, Mapping[str, str]]

QUESTION_WORDS: Final = ("title", "help", "lowest", "highest")
FORM_WORDS: Final = ("title", "greeting", "thanks")


@dataclass(frozen=True)
class Choice:
    """One of the answers a question offers; `texts` by language tag."""

    key: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Branch:
    """Where an answer leads: to a later question, or to the end if `to` is None.

    It holds for scores between the bounds, or for choices of which one is in `one_of`. Without any condition it holds
    always, also for a question that was passed over.
    """

    to: str | None
    at_least: int | None = None
    at_most: int | None = None
    one_of: tuple[str, ...] = ()

    @property
    def is_for_all(self) -> bool:
        return self.at_least is None and self.at_most is None and not self.one_of


@dataclass(frozen=True)
class Question:
    """One question; of those on a scale `low` and `high` are the scores at its ends."""

    key: str
    kind: str
    required: bool = False
    low: int | None = None
    high: int | None = None
    texts: Words = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    branches: tuple[Branch, ...] = ()

    @property
    def scale(self) -> range:
        """The scores it can be answered with, none where it is on no scale."""
        if self.low is None or self.high is None:
            return range(0)
        return range(self.low, self.high + 1)


@dataclass(frozen=True)
class Form:
    """What a page asks. `kind` is the survey's own, and the question of that kind the main one."""

    kind: str
    default_language: str
    questions: tuple[Question, ...]
    texts: Words = field(default_factory=dict)
    look: Look = PLAIN

    @property
    def main(self) -> Question | None:
        return next((each for each in self.questions if each.kind == self.kind), None)

    def question(self, key: str) -> Question | None:
        return next((each for each in self.questions if each.key == key), None)
