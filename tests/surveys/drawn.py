"""Drawn forms, and answers to them."""

from typing import Any

from hypothesis import strategies as st

from apps.surveys.forms import Branch, Choice, Form, Question
from apps.surveys.models import SCORE_RANGES

KINDS = ["CSAT", "CES_7", "RATING", "SINGLE_CHOICE", "MULTIPLE_CHOICE", "TEXT"]
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@st.composite
def forms(draw: Any) -> Form:
    """Draw a form of an NPS survey, of up to six questions; branches may lead anywhere, as no published one's do."""
    keys = [f"q{place}" for place in range(draw(st.integers(1, 6)))]
    main = draw(st.sampled_from(keys))
    kinds = ["NPS" if key == main else draw(st.sampled_from(KINDS)) for key in keys]
    questions = [_question(draw, key, kind, keys) for key, kind in zip(keys, kinds, strict=True)]
    return Form("NPS", "en", tuple(questions))


def _question(draw: Any, key: str, kind: str, keys: list[str]) -> Question:
    low, high = (1, draw(st.integers(2, 10))) if kind == "RATING" else SCORE_RANGES.get(kind, (None, None))
    offered = [f"c{number}" for number in range(draw(st.integers(2, 4)))] if "CHOICE" in kind else []
    choices = tuple(Choice(each, {"en": each}) for each in offered)
    branches = tuple(_branch(draw, keys, low, offered) for _ in range(draw(st.integers(0, 2))))
    return Question(key, kind, draw(st.booleans()), low, high, {"en": {"title": key}}, choices, branches)


def _branch(draw: Any, keys: list[str], low: int | None, offered: list[str]) -> Branch:
    to = draw(st.sampled_from([*keys, None]))
    if low is not None:
        bound = st.none() | st.integers(low, low + 4)
        return Branch(to, draw(bound), draw(bound))
    some = st.lists(st.sampled_from(offered), unique=True, max_size=2) if offered else st.just([])
    return Branch(to, one_of=tuple(draw(some)))


def answers_to(question: Question) -> st.SearchStrategy[Any]:
    """Draw what may be answered to a question."""
    keys = [choice.key for choice in question.choices]
    given: st.SearchStrategy[Any]
    if question.low is not None:
        given = st.sampled_from(question.scale)
    elif question.kind == "SINGLE_CHOICE":
        given = st.sampled_from(keys)
    elif question.kind == "MULTIPLE_CHOICE":
        given = st.lists(st.sampled_from(keys), unique=True, min_size=1)
    else:
        given = st.text(LETTERS, min_size=1, max_size=20).filter(str.strip)
    return given if question.required else given | st.none()
