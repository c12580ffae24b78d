"""A draft as it is given, as a form."""

from base64 import b64decode
from binascii import Error
from collections.abc import Sequence
from typing import Any

from apps.surveys.forms.look import COLOURS, Logo, Look, media_type_of
from apps.surveys.forms.shapes import FORM_WORDS, QUESTION_WORDS, Branch, Choice, Form, Question
from apps.surveys.graphql.forms.inputs import EditSurveyDraftInput, SurveyLookInput, SurveyQuestionInput
from apps.surveys.models import SCORE_RANGES
from cxplatform.errors import BadInput


def written(given: EditSurveyDraftInput) -> Form:
    """Return what a draft says as a form, of whatever kind its survey is. Raises: BadInput for what is no form."""
    return Form(
        kind="",
        default_language=given.default_language,
        questions=tuple(_question(each, f"questions.{place}") for place, each in enumerate(given.questions)),
        texts=_words(given.texts, FORM_WORDS, "texts"),
        look=Look() if given.look is None else _look(given.look),
    )


def _question(given: SurveyQuestionInput, path: str) -> Question:
    low, high = given.low, given.high
    if (low, high) == (None, None):
        low, high = SCORE_RANGES.get(given.kind.name, (None, None))
    return Question(
        key=given.key,
        kind=given.kind.name,
        required=given.required,
        low=low,
        high=high,
        texts=_words(given.texts, QUESTION_WORDS, f"{path}.texts"),
        choices=tuple(
            Choice(each.key, _by_language(each.texts, lambda said: said.label, f"{path}.choices.{place}.texts"))
            for place, each in enumerate(given.choices)
        ),
        branches=tuple(Branch(each.to, each.at_least, each.at_most, tuple(each.one_of)) for each in given.branches),
    )


def _words(texts: Sequence[Any], names: Sequence[str], path: str) -> dict[str, dict[str, str]]:
    return _by_language(
        texts, lambda said: {name: getattr(said, name).strip() for name in names if getattr(said, name).strip()}, path
    )


def _by_language(texts: Sequence[Any], told: Any, path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for number, said in enumerate(texts):
        if said.language in found:
            raise BadInput("The language is there twice.", field=f"{path}.{number}.language")
        found[said.language] = told(said)
    return found


def _look(given: SurveyLookInput) -> Look:
    colours = {name: said.lower() for name in COLOURS if (said := getattr(given, name)) is not None}
    return Look(**colours, logo=_logo(given.logo))


def _logo(given: str | None) -> Logo | None:
    if not given:
        return None
    try:
        data = b64decode(given.rpartition(";base64,")[2], validate=True)
    except (Error, ValueError) as error:
        raise BadInput("A logo is given as base64.", field="look.logo") from error
    media_type = media_type_of(data)
    if media_type is None:
        raise BadInput("A logo is a PNG or WebP.", field="look.logo")
    return Logo(media_type, data)
