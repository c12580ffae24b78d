"""Forms without tables: where answers lead, what an answer is, and in which words."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.surveys.forms import (
    AnswerProblem,
    Branch,
    Choice,
    Form,
    Question,
    answers_problems,
    asked,
    counted,
    next_question,
    problems_of,
    understood,
    worded,
)
from apps.surveys.forms.branching import leads_to
from apps.surveys.forms.checking import MOST_BYTES, MOST_CHOICES, MOST_LANGUAGES, MOST_QUESTIONS, check
from apps.surveys.forms.look import contrast
from apps.surveys.forms.steps import reached
from apps.surveys.forms.stored import branches_of, choices_of, stored_branches, stored_choices
from cxplatform.errors import BadInput
from tests.surveys.drawn import answers_to, forms

NPS = Question(
    "nps", "NPS", True, 0, 10, {"en": {"title": "How likely?"}, "de": {"title": "Wie wahrscheinlich?"}},
    branches=(Branch("why", at_most=6), Branch("liked", at_least=9)),
)  # fmt: skip
FAULTS = (Choice("late", {"en": "Late", "de": "Zu spät"}), Choice("rude", {"en": "Rude"}))
WHY = Question("why", "TEXT", texts={"en": {"title": "Why?"}}, branches=(Branch(None),))
FORM = Form(
    "NPS", "en",
    (
        NPS,
        Question("fault", "MULTIPLE_CHOICE", choices=FAULTS, branches=(Branch(None, one_of=("rude",)),)),
        WHY,
        Question("liked", "TEXT", texts={"en": {"title": "What did you like?"}}),
    ),
    {"en": {"thanks": "Thanks"}, "de": {"thanks": "Danke"}},
)  # fmt: skip


def test_a_detractor_is_asked_why_a_promoter_what_it_liked_and_others_all() -> None:
    ways = {score: [each.key for each in asked(FORM, {"nps": score, "fault": None, "why": "x"})] for score in (6, 7, 9)}
    assert ways == {6: ["nps", "why"], 7: ["nps", "fault", "why"], 9: ["nps", "liked"]}
    assert next_question(FORM, {"nps": 6, "why": None}) is None
    assert next_question(FORM, {"nps": 7, "fault": ["late", "rude"]}) is None


def test_what_is_no_answer_is_asked_again_and_what_lies_off_the_way_does_not_count() -> None:
    assert next_question(FORM, {"nps": 11}) is NPS
    assert next_question(FORM, {"nps": None}) is NPS
    assert counted(FORM, {"nps": 3, "liked": "All", "why": "Slow"}) == {"nps": 3, "why": "Slow"}


def test_a_form_sent_as_a_whole_says_what_is_missing_and_what_there_is_not() -> None:
    assert answers_problems(FORM, {"nps": 3, "why": "Slow"}) == {}
    assert answers_problems(FORM, {"why": "Slow"}) == {"nps": AnswerProblem.REQUIRED}
    assert answers_problems(FORM, {"nps": "3", "age": 4}) == {
        "nps": AnswerProblem.NOT_ON_SCALE,
        "age": AnswerProblem.NO_SUCH_QUESTION,
    }
    assert answers_problems(FORM, {"nps": 7, "fault": "late"}) == {"fault": AnswerProblem.NO_SUCH_CHOICE}
    assert answers_problems(FORM, {"nps": 3, "fault": ["odd"]}) == {}, "off the way nothing is looked at"


@given(forms(), st.data())
def test_every_walk_ends_passes_no_question_twice_and_is_the_same_again(form: Form, data: st.DataObject) -> None:
    answers: dict[str, object] = {}
    walked = []
    while (question := next_question(form, answers)) is not None:  # type: ignore[arg-type]
        assert question.key not in answers
        answers[question.key] = data.draw(answers_to(question))
        assert problems_of(question, answers[question.key]) is None
        walked.append(question.key)
    places = [int(key[1:]) for key in walked]
    assert places == sorted(set(places))
    assert [each.key for each in asked(form, answers)] == walked  # type: ignore[arg-type]
    assert counted(form, answers) == answers  # type: ignore[arg-type]
    assert answers_problems(form, answers) == {}


@given(forms(), st.data())
def test_answers_off_the_way_never_change_it(form: Form, data: st.DataObject) -> None:
    everything = {question.key: data.draw(answers_to(question)) for question in form.questions}
    on_the_way = counted(form, everything)
    assert counted(form, on_the_way) == on_the_way
    assert asked(form, everything) == asked(form, on_the_way)


@given(forms(), st.data())
def test_what_answers_lead_to_is_known_to_be_reached(form: Form, data: st.DataObject) -> None:
    answers = {question.key: data.draw(answers_to(question)) for question in form.questions}
    places = {form.questions.index(question) for question in asked(form, answers)}
    assert places | {len(form.questions)} <= reached(form)


@given(forms())
def test_what_is_reached_is_led_to_by_some_answer(form: Form) -> None:
    led_to = {0}
    for place in sorted(reached(form) - {len(form.questions)}):
        assert place in led_to, "from a question before it"
        question = form.questions[place]
        single = [choice.key for choice in question.choices]
        several = [list(some) for size in (1, 2, 3, 4) for some in combinations(single, size)]
        given = {"SINGLE_CHOICE": single, "MULTIPLE_CHOICE": several}.get(question.kind, [*question.scale] or ["text"])
        led_to |= {leads_to(form, place, answer) for answer in [*given, *([] if question.required else [None])]}
    assert led_to == reached(form)


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)]
)
def test_contrast_is_as_the_guidelines_reckon_it(one: str, other: str, ratio: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == ratio


@given(forms())
def test_branches_only_lead_forward(form: Form) -> None:
    for place, question in enumerate(form.questions):
        for answer in [None, *question.scale, *(choice.key for choice in question.choices)]:
            assert place < leads_to(form, place, answer) <= len(form.questions)


@given(forms())
def test_what_is_stored_is_read_back_as_it_was(form: Form) -> None:
    for question in form.questions:
        assert branches_of(stored_branches(question.branches)) == question.branches
        assert choices_of(stored_choices(question.choices)) == question.choices


@pytest.mark.parametrize(
    ("kind", "value", "problem"),
    [
        ("NPS", 0, None),
        ("NPS", 10, None),
        ("NPS", 11, "NOT_ON_SCALE"),
        ("NPS", True, "NOT_ON_SCALE"),
        ("NPS", 7.0, "NOT_ON_SCALE"),
        ("SINGLE_CHOICE", "late", None),
        ("SINGLE_CHOICE", ["late"], "NO_SUCH_CHOICE"),
        ("MULTIPLE_CHOICE", ["rude", "late"], None),
        ("MULTIPLE_CHOICE", ["late", "late"], "NO_SUCH_CHOICE"),
        ("MULTIPLE_CHOICE", [], "NO_SUCH_CHOICE"),
        ("MULTIPLE_CHOICE", [["late"]], "NO_SUCH_CHOICE"),
        ("TEXT", "x" * 5_000, None),
        ("TEXT", "x" * 5_001, "TOO_LONG"),
        ("TEXT", " ", "NOT_TEXT"),
        ("TEXT", "a\0b", "NOT_TEXT"),
        ("TEXT", "\ud800", "NOT_TEXT"),
        ("TEXT", 5, "NOT_TEXT"),
        ("TEXT", None, None),
    ],
)
def test_an_answer_is_one_or_is_told_what_it_lacks(kind: str, value: object, problem: str | None) -> None:
    ends = (0, 10) if kind == "NPS" else (None, None)
    assert problems_of(Question("q", kind, False, *ends, choices=FAULTS), value) == problem


def test_the_fields_of_a_page_mean_answers() -> None:
    assert understood(NPS, ["9"]) == 9
    assert understood(NPS, [""]) is None
    assert understood(NPS, ["٣"]) == "٣"
    assert understood(NPS, ["9" * 5_000]) == "9" * 5_000
    assert understood(FORM.questions[1], ["late", "rude"]) == ["late", "rude"]
    assert understood(WHY, [" It was late. "]) == " It was late. "


@pytest.mark.parametrize(
    ("wanted", "language"),
    [("de", "de"), ("de-AT", "de"), ("DE-ch-x-old", "de"), ("fr", "en"), (None, "en"), ("", "en"), ("en-GB", "en")],
)
def test_a_form_speaks_the_language_asked_for_or_its_own(wanted: str | None, language: str) -> None:
    form = worded(FORM, wanted)
    assert (form.language, form.thanks) == (language, {"de": "Danke", "en": "Thanks"}[language])


def test_words_that_a_language_lacks_are_the_forms_own() -> None:
    fault = worded(FORM, "de").questions[1]
    assert [choice.label for choice in fault.choices] == ["Zu spät", "Rude"]
    assert worded(FORM, "de").questions[2].title == "Why?"


def test_arabic_reads_from_right_to_left_unless_in_latin_letters() -> None:
    found = {}
    for language in ("ar", "ar-EG", "he-IL", "uz-Arab", "ar-Latn", "de"):
        form = Form("NPS", language, ())
        found[language] = worded(form, language).right_to_left
    assert found == {"ar": True, "ar-EG": True, "he-IL": True, "uz-Arab": True, "ar-Latn": False, "de": False}


LANGUAGES = [f"{one}{other}" for one in "abcdefgh" for other in "abcdefgh"]


def many(count: int, **values: Any) -> tuple[Question, ...]:
    return tuple(Question(f"q{number}", "TEXT", **values) for number in range(count))


def of_choices(count: int, languages: int) -> Question:
    texts = dict.fromkeys(LANGUAGES[:languages], "Label")
    return Question("q", "MULTIPLE_CHOICE", choices=tuple(Choice(f"c{number}", texts) for number in range(count)))


@pytest.mark.parametrize(
    ("questions", "field"),
    [
        (many(MOST_QUESTIONS), None),
        (many(MOST_QUESTIONS + 1), "questions"),
        ((of_choices(MOST_CHOICES, MOST_LANGUAGES),), None),
        ((of_choices(MOST_CHOICES + 1, 1),), "questions.0.choices"),
        ((of_choices(1, MOST_LANGUAGES + 1),), "questions.0.choices.0.texts"),
        (many(1, texts={language: {} for language in LANGUAGES[: MOST_LANGUAGES + 1]}), "questions.0.texts"),
        # A kilobyte in each of 32 languages is 32 kB a question: 16 are all there may be.
        (many(16, texts={language: {"help": "ä" * 512} for language in LANGUAGES[:32]}), None),
        (many(17, texts={language: {"help": "ä" * 512} for language in LANGUAGES[:32]}), "questions.16"),
    ],
)
def test_a_form_is_of_a_bounded_size_and_what_is_too_much_is_named(
    questions: tuple[Question, ...], field: str | None
) -> None:
    assert MOST_BYTES == 16 * 32 * 1024
    form = Form("NPS", "en", questions)

    if field is None:
        check(form)
        return
    with pytest.raises(BadInput) as refused:
        check(form)
    assert refused.value.field == field
