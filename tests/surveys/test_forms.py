"""Forms without tables: where answers lead, what an answer is, and in which words."""

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
from apps.surveys.forms.stored import branches_of, choices_of, stored_branches, stored_choices
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
