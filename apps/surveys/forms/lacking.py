"""What a draft lacks to be published: read as a list while it is written, and refused at the end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from apps.surveys.forms.look import unreadable
from apps.surveys.forms.shapes import SCORED, Form, Question
from apps.surveys.forms.steps import reached
from apps.surveys.forms.wording import languages_of


class LackCode(StrEnum):
    """What kind of thing is lacking."""

    NO_MAIN_QUESTION = "NO_MAIN_QUESTION"
    MAIN_NOT_REQUIRED = "MAIN_NOT_REQUIRED"
    MAIN_PASSED_BY = "MAIN_PASSED_BY"
    KIND_TWICE = "KIND_TWICE"
    UNREACHABLE = "UNREACHABLE"
    UNTRANSLATED = "UNTRANSLATED"
    UNREADABLE = "UNREADABLE"
    SCALE_CHANGED = "SCALE_CHANGED"


@dataclass(frozen=True)
class Lack:
    """Something to put right. `field` is its path in what `editSurveyDraft` takes."""

    code: LackCode
    message: str
    field: str
    question: str | None = None


# What is known of a key's question: its kind and the ends of its scale.
Scale = tuple[str, int | None, int | None]


def lacks(form: Form, published: Mapping[str, Scale]) -> list[Lack]:
    """List what a form lacks, given what was published under its keys before."""
    return [
        *_of_main(form),
        *_of_kinds(form),
        *_of_ways(form),
        *_of_scales(form, published),
        *_of_words(form),
        *(Lack(LackCode.UNREADABLE, message, f"look.{name}") for name, message in unreadable(form.look)),
    ]


def scale_of(question: Question) -> Scale:
    return question.kind, question.low, question.high


def _of_main(form: Form) -> Iterator[Lack]:
    main = form.main
    if main is None:
        yield Lack(LackCode.NO_MAIN_QUESTION, f"It does not ask what the survey is for: {form.kind}.", "questions")
        return
    place = form.questions.index(main)
    path = f"questions.{place}"
    if not main.required:
        message = "The survey's own question must be required: without it there is no response."
        yield Lack(LackCode.MAIN_NOT_REQUIRED, message, f"{path}.required", main.key)
    if len(form.questions) in reached(form, past=place):
        message = "Some answers lead past the survey's own question."
        yield Lack(LackCode.MAIN_PASSED_BY, message, path, main.key)


def _of_kinds(form: Form) -> Iterator[Lack]:
    seen: set[str] = set()
    for place, question in enumerate(form.questions):
        if question.kind in SCORED and question.kind in seen:
            message = f"Another question asks {question.kind}: what is counted is asked once. Use RATING."
            yield Lack(LackCode.KIND_TWICE, message, f"questions.{place}.kind", question.key)
        seen.add(question.kind)


def _of_ways(form: Form) -> Iterator[Lack]:
    found = reached(form)
    for place, question in enumerate(form.questions):
        if place not in found:
            yield Lack(LackCode.UNREACHABLE, "No answers lead to it.", f"questions.{place}", question.key)


def _of_scales(form: Form, published: Mapping[str, Scale]) -> Iterator[Lack]:
    for place, question in enumerate(form.questions):
        known = published.get(question.key)
        if known is not None and known != scale_of(question):
            message = f"Under this key {_told(known)} was asked; another scale needs another key."
            yield Lack(LackCode.SCALE_CHANGED, message, f"questions.{place}.key", question.key)


def _of_words(form: Form) -> Iterator[Lack]:
    languages = languages_of(form)
    for name in _missing(form.texts, languages, frozenset()):
        yield Lack(LackCode.UNTRANSLATED, f"Its words lack {name}.", "texts")
    for place, question in enumerate(form.questions):
        path = f"questions.{place}"
        for name in _missing(question.texts, languages, frozenset({"title"})):
            yield Lack(LackCode.UNTRANSLATED, f"Its words lack {name}.", f"{path}.texts", question.key)
        for number, choice in enumerate(question.choices):
            for language in languages:
                if not choice.texts.get(language, "").strip():
                    message = f"The choice {choice.key} has no words in {language}."
                    yield Lack(LackCode.UNTRANSLATED, message, f"{path}.choices.{number}.texts", question.key)


def _missing(texts: Mapping[str, Mapping[str, str]], languages: list[str], needed: frozenset[str]) -> Iterator[str]:
    """Name each word that is needed, or there in some language, where a language lacks it."""
    names = needed | {name for words in texts.values() for name, word in words.items() if word.strip()}
    for language in languages:
        for name in sorted(names):
            if not texts.get(language, {}).get(name, "").strip():
                yield f"{name} in {language}"


def _told(scale: Scale) -> str:
    kind, low, high = scale
    return kind if low is None else f"{kind} from {low} to {high}"
