"""A form in one language: the one asked for, one near it, or the form's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from apps.surveys.forms.look import Look
from apps.surveys.forms.shapes import Form, Question

# Written from right to left, by their language or by a script that is named. Source: CLDR.
_RIGHT_TO_LEFT: Final = frozenset("ar arc ckb dv fa he iw ji ks ku-arab mzn nqo pnb ps sd syr ug ur yi".split())  # noqa: SIM905  # codes
_SCRIPTS: Final = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})


@dataclass(frozen=True)
class WordedChoice:
    key: str
    label: str


@dataclass(frozen=True)
class WordedQuestion:
    """A question as it is read. What the brand says nothing of is empty."""

    key: str
    kind: str
    required: bool
    low: int | None
    high: int | None
    title: str
    help: str
    lowest: str
    highest: str
    choices: tuple[WordedChoice, ...]


@dataclass(frozen=True)
class WordedForm:
    """A form as it is read in `language`, `right_to_left` or not."""

    language: str
    right_to_left: bool
    title: str
    greeting: str
    thanks: str
    questions: tuple[WordedQuestion, ...]
    look: Look

    def question(self, key: str) -> WordedQuestion | None:
        return next((each for each in self.questions if each.key == key), None)


def worded(form: Form, language: str | None) -> WordedForm:
    """Word a form in a language, or in one near it; else in the form's own."""
    chosen = pick(languages_of(form), language, form.default_language)
    own = form.texts.get(chosen, {})
    return WordedForm(
        language=chosen,
        right_to_left=is_right_to_left(chosen),
        title=own.get("title", ""),
        greeting=own.get("greeting", ""),
        thanks=own.get("thanks", ""),
        questions=tuple(_worded(question, chosen, form.default_language) for question in form.questions),
        look=form.look,
    )


def languages_of(form: Form) -> list[str]:
    """List the languages a form has words in, its own first."""
    found = dict.fromkeys([form.default_language, *form.texts])
    for question in form.questions:
        found |= dict.fromkeys(question.texts)
        for choice in question.choices:
            found |= dict.fromkeys(choice.texts)
    return list(found)


def pick(languages: Iterable[str], wanted: str | None, default: str) -> str:
    """Choose a language: `de-AT`, else `de`, else another German, else the default. Source: RFC 4647, 3.4."""
    known = {language.lower(): language for language in languages}
    nearer = _ever_wider((wanted or "").lower())
    for tag in nearer:
        if tag in known:
            return known[tag]
    primary = (wanted or "").lower().split("-")[0]
    kin = (language for tag, language in known.items() if primary and tag.split("-")[0] == primary)
    return next(kin, default)


def is_right_to_left(language: str) -> bool:
    parts = language.lower().split("-")
    if len(parts) > 1 and len(parts[1]) == 4 and parts[1].isalpha():
        return parts[1] in _SCRIPTS
    return parts[0] in _RIGHT_TO_LEFT


def _ever_wider(tag: str) -> Iterator[str]:
    parts = tag.split("-")
    while parts and parts[0]:
        yield "-".join(parts)
        parts.pop()
        # What a single letter begins means nothing without what it begins.
        if parts and len(parts[-1]) == 1:
            parts.pop()


def _worded(question: Question, language: str, default: str) -> WordedQuestion:
    own = question.texts.get(language) or question.texts.get(default, {})
    return WordedQuestion(
        key=question.key,
        kind=question.kind,
        required=question.required,
        low=question.low,
        high=question.high,
        title=own.get("title", ""),
        help=own.get("help", ""),
        lowest=own.get("lowest", ""),
        highest=own.get("highest", ""),
        choices=tuple(
            WordedChoice(each.key, each.texts.get(language) or each.texts.get(default) or each.key)
            for each in question.choices
        ),
    )
