"""What a version asks as rows: written whole, told for the trail, and what the first draft of a survey says."""

from typing import Any, Final

from apps.surveys.forms.look import PLAIN
from apps.surveys.forms.shapes import Form, Question
from apps.surveys.forms.stored import stored_branches, stored_choices, stored_look
from apps.surveys.forms.wording import languages_of
from apps.surveys.models import SCORE_RANGES, SurveyVersion
from apps.surveys.models import Question as QuestionRow

# What the first draft asks, until the brand says it in its own words.
_ASKED: Final = {
    "NPS": ("How likely are you to recommend us to a friend or colleague?", "Not at all likely", "Extremely likely"),
    "CSAT": ("How satisfied are you with how we helped you?", "Very dissatisfied", "Very satisfied"),
    "CES_5": ("How much effort did it take to get this solved?", "Very little", "Very much"),
    "CES_7": ("How easy was it to get this solved?", "Very difficult", "Very easy"),
    "FCR": ("Was your question solved the first time you asked?", "No", "Yes"),
}


def template(kind: str) -> Form:
    """Return the form a survey of a kind begins with: its own question, in English, and room for a word on it."""
    title, lowest, highest = _ASKED[kind]
    low, high = SCORE_RANGES[kind]
    words = {"en": {"title": title, "lowest": lowest, "highest": highest}}
    score = Question("score", kind, required=True, low=low, high=high, texts=words)
    why = Question("why", "TEXT", texts={"en": {"title": "What is the main reason for your answer?"}})
    return Form(kind, "en", (score, why), {"en": {"thanks": "Thank you for your answer."}}, PLAIN)


def write_contents(version: SurveyVersion, form: Form) -> None:
    """Put a form in the place of all a draft had, in a few statements."""
    version.default_language = form.default_language
    version.texts = {language: dict(words) for language, words in form.texts.items()}
    version.look = stored_look(form.look)
    version.save(update_fields=["default_language", "texts", "look"])
    version.questions.all().delete()
    QuestionRow.objects.bulk_create(_row(version, place, each) for place, each in enumerate(form.questions))


def told(form: Form) -> dict[str, Any]:
    """Tell what a form asks, for the trail: a line a question."""
    return {
        "languages": languages_of(form),
        "questions": [f"{each.key} ({each.kind}{', required' if each.required else ''})" for each in form.questions],
    }


def _row(version: SurveyVersion, place: int, question: Question) -> QuestionRow:
    return QuestionRow(
        version=version,
        key=question.key,
        position=place,
        kind=question.kind,
        required=question.required,
        low=question.low,
        high=question.high,
        texts={language: dict(words) for language, words in question.texts.items()},
        choices=stored_choices(question.choices),
        branches=stored_branches(question.branches),
    )
