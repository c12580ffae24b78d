"""Which questions are put together, and what was answered on the way to them. Pure.

Between two steps the answers so far travel with the page itself: a server that keeps no session needs no cookie.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from apps.surveys.forms import Answer, Answers, Form, Question, counted, next_question, problems_of

_MOST_QUESTIONS: Final = 4
# All texts of a long form and its scores; more than a page ever sends.
_LONGEST: Final = 300_000


@dataclass(frozen=True)
class Step:
    questions: tuple[Question, ...]
    is_last: bool


def step_after(form: Form, answers: Answers) -> Step | None:
    """Return what is asked next: a question, and those after it that come whatever is answered; None at the end."""
    first = next_question(form, answers)
    if first is None:
        return None
    put = [first]
    place = form.questions.index(first) + 1
    while place < len(form.questions) and not put[-1].branches and len(put) < _MOST_QUESTIONS:
        put.append(form.questions[place])
        place += 1
    return Step(tuple(put), is_last=place == len(form.questions))


def given_before(form: Form, written: str) -> dict[str, Answer]:
    """Read the answers of earlier steps as a page carried them; what is no answer is forgotten and asked again."""
    try:
        read = json.loads(written) if len(written) <= _LONGEST else None
    except (ValueError, RecursionError):
        return {}
    if not isinstance(read, dict):
        return {}
    known = {each.key: each for each in form.questions}
    valid = {key: value for key, value in read.items() if key in known and problems_of(known[key], value) is None}
    return counted(form, valid)


def carried(answers: Answers) -> str:
    """Write answers as a page carries them."""
    return json.dumps(dict(answers), ensure_ascii=False, separators=(",", ":"))


def problems_at(step: Step, given: Mapping[str, object]) -> dict[str, str]:
    """Tell by question what is wrong with the answers of a step."""
    found = ((each.key, problems_of(each, given.get(each.key))) for each in step.questions)
    return {key: problem for key, problem in found if problem is not None}
