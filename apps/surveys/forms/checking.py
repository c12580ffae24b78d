"""What a draft must be before it is stored; what it must be besides before it is published is in `lacking`."""

import re
from collections.abc import Mapping
from typing import Final

from apps.surveys.forms.look import COLOURS, LARGEST_LOGO, Look, is_colour, media_type_of
from apps.surveys.forms.shapes import FORM_WORDS, ON_A_SCALE, QUESTION_WORDS, SCORED, WITH_CHOICES, Form, Question
from apps.surveys.forms.steps import check_branches
from apps.surveys.models.survey import SCORE_RANGES
from apps.surveys.models.version import QuestionKind
from cxplatform.errors import BadInput

MOST_QUESTIONS: Final = 50
MOST_CHOICES: Final = 30
MOST_LANGUAGES: Final = 40
# All words of a form in all its languages: a page reads the whole of it.
MOST_BYTES: Final = 512 * 1024
_KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\Z")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}\Z")
_LONGEST: Final = {"title": 500, "help": 1_000, "lowest": 100, "highest": 100, "greeting": 2_000, "thanks": 2_000}
_LONGEST_LABEL: Final = 200


def check(form: Form) -> None:
    """Insist on what can be stored. Raises: BadInput, naming the field by its path."""
    _check_language(form.default_language, "default_language")
    _check_words(form.texts, "texts", FORM_WORDS)
    _check_look(form.look)
    if len(form.questions) > MOST_QUESTIONS:
        raise BadInput(f"A form has {MOST_QUESTIONS} questions at most.", field="questions")
    seen: set[str] = set()
    for place, question in enumerate(form.questions):
        path = f"questions.{place}"
        _check_key(question.key, seen, f"{path}.key")
        _check_words(question.texts, f"{path}.texts", QUESTION_WORDS)
        _check_scale(question, path)
        _check_choices(question, path)
    for place in range(len(form.questions)):
        check_branches(form, place)
    _check_size(form)


def _check_size(form: Form) -> None:
    """Insist on as many words as a form may have; the field is where they become too many."""
    size = _size_of(form.texts)
    for place, question in enumerate(form.questions):
        size += _size_of(question.texts) + _size_of({choice.key: choice.texts for choice in question.choices})
        if size > MOST_BYTES:
            raise BadInput(
                f"The words of a form are {MOST_BYTES // 1024} kB at most, in all languages together.",
                field=f"questions.{place}",
            )


def _size_of(texts: Mapping[str, Mapping[str, str]]) -> int:
    return sum(len(word.encode()) for words in texts.values() for word in words.values())


def _check_key(key: str, seen: set[str], path: str) -> None:
    if not _KEY.match(key):
        raise BadInput("A key has 1 to 100 letters of ASCII, digits and . _ - in it.", field=path)
    if key in seen:
        raise BadInput("Another has this key.", field=path)
    seen.add(key)


def _check_language(language: str, path: str) -> None:
    if not _LANGUAGE.match(language):
        raise BadInput("A language is a tag such as en or pt-BR.", field=path)


def _check_words(texts: Mapping[str, Mapping[str, str]], path: str, names: tuple[str, ...]) -> None:
    if len(texts) > MOST_LANGUAGES:
        raise BadInput(f"There are {MOST_LANGUAGES} languages at most.", field=path)
    if len({language.lower() for language in texts}) < len(texts):
        raise BadInput("A language is there twice.", field=path)
    for number, (language, words) in enumerate(texts.items()):
        _check_language(language, f"{path}.{number}.language")
        for name in names:
            if len(words.get(name, "")) > _LONGEST[name]:
                raise BadInput(f"It has at most {_LONGEST[name]:,} characters.", field=f"{path}.{number}.{name}")


def _check_scale(question: Question, path: str) -> None:
    ends = (question.low, question.high)
    if question.kind in SCORED:
        if ends != SCORE_RANGES[question.kind]:
            raise BadInput("The scale of this kind is fixed; leave it out.", field=f"{path}.low")
    elif question.kind in ON_A_SCALE:
        low, high = ends
        if low is None or high is None or low not in (0, 1) or not low < high <= 10:
            raise BadInput("A rating goes from 0 or 1 up to at most 10.", field=f"{path}.high")
    elif ends != (None, None):
        raise BadInput("Only ratings have a scale of their own.", field=f"{path}.low")


def _check_choices(question: Question, path: str) -> None:
    if question.kind not in WITH_CHOICES:
        if question.choices:
            raise BadInput("Only questions of choice have choices.", field=f"{path}.choices")
        return
    least = 2 if question.kind == QuestionKind.SINGLE_CHOICE else 1
    if not least <= len(question.choices) <= MOST_CHOICES:
        raise BadInput(f"It offers {least} to {MOST_CHOICES} choices.", field=f"{path}.choices")
    seen: set[str] = set()
    for number, choice in enumerate(question.choices):
        at = f"{path}.choices.{number}"
        _check_key(choice.key, seen, f"{at}.key")
        if len(choice.texts) > MOST_LANGUAGES:
            raise BadInput(f"There are {MOST_LANGUAGES} languages at most.", field=f"{at}.texts")
        for language, label in choice.texts.items():
            _check_language(language, f"{at}.texts")
            if not 1 <= len(label.strip()) <= _LONGEST_LABEL:
                raise BadInput(f"A choice is called by 1 to {_LONGEST_LABEL} characters.", field=f"{at}.texts")


def _check_look(look: Look) -> None:
    for name in COLOURS:
        if not is_colour(getattr(look, name)):
            raise BadInput("A colour is written like #0b5cad.", field=f"look.{name}")
    logo = look.logo
    if logo is not None and (len(logo.data) > LARGEST_LOGO or media_type_of(logo.data) != logo.media_type):
        raise BadInput(f"A logo is a PNG or WebP of at most {LARGEST_LOGO // 1024} kB.", field="look.logo")
