"""Whether branches lead somewhere, and what can be reached by them."""

from collections.abc import Iterator

from apps.surveys.forms.branching import leads_to
from apps.surveys.forms.shapes import ON_A_SCALE, WITH_CHOICES, Answer, Branch, Form, Question
from cxplatform.errors import BadInput

MOST_BRANCHES = 30


def check_branches(form: Form, place: int) -> None:
    """Insist that the branches of a question lead forward, on what can be answered to it. Raises: BadInput."""
    question, path = form.questions[place], f"questions.{place}.branches"
    if len(question.branches) > MOST_BRANCHES:
        raise BadInput(f"A question has {MOST_BRANCHES} branches at most.", field=path)
    earlier = {each.key for each in form.questions[: place + 1]}
    known = {each.key for each in form.questions}
    for number, branch in enumerate(question.branches):
        at = f"{path}.{number}"
        if branch.to is not None and branch.to not in known:
            raise BadInput("There is no such question.", field=f"{at}.to")
        if branch.to in earlier:
            raise BadInput("Answers lead to later questions only.", field=f"{at}.to")
        _check_condition(question, branch, at)


def reached(form: Form, start: int = 0, *, past: int | None = None) -> set[int]:
    """Return the places that some answers lead to, the end's too; `past` a question is as far as one looks."""
    found: set[int] = set()
    pending = [start]
    while pending:
        place = pending.pop()
        if place in found:
            continue
        found.add(place)
        if place < len(form.questions) and place != past:
            pending += _ways_on(form, place)
    return found


def _ways_on(form: Form, place: int) -> set[int]:
    return {leads_to(form, place, answer) for answer in _telling(form.questions[place])}


def _telling(question: Question) -> Iterator[Answer]:
    """Name answers that lead to wherever any answer leads.

    Of several choices the first branch that names one of them holds; so whatever they lead to, one alone does.
    """
    if not question.required:
        yield None
    if question.kind in ON_A_SCALE:
        yield from question.scale
    elif question.kind in WITH_CHOICES:
        for choice in question.choices:
            yield choice.key
    else:
        yield "text"


def _check_condition(question: Question, branch: Branch, at: str) -> None:
    low, high = branch.at_least, branch.at_most
    if (low is not None or high is not None) and question.kind not in ON_A_SCALE:
        raise BadInput("Only answers on a scale have bounds.", field=f"{at}.at_least")
    if branch.one_of and question.kind not in WITH_CHOICES:
        raise BadInput("Only questions of choice have choices.", field=f"{at}.one_of")
    if not {choice.key for choice in question.choices}.issuperset(branch.one_of):
        raise BadInput("There is no such choice.", field=f"{at}.one_of")
    scale = question.scale
    for name, bound in (("at_least", low), ("at_most", high)):
        if bound is not None and bound not in scale:
            raise BadInput("It is not on the question's scale.", field=f"{at}.{name}")
    if low is not None and high is not None and low > high:
        raise BadInput("No score is between these.", field=f"{at}.at_most")
