"""Which question comes next. Answers only lead forward, so whatever is answered, every walk ends."""

from collections.abc import Iterator, Mapping

from apps.surveys.forms.answering import AnswerProblem, problems_of
from apps.surveys.forms.shapes import Answer, Answers, Branch, Form, Question


def next_question(form: Form, answers: Answers) -> Question | None:
    """Return the first question on the way that has no answer yet, None at the end.

    `answers` are by question; one of None was passed over. What is no answer to its question counts as none, and
    answers off the way, to questions that others lead past, count for nothing.
    """
    for question in _way(form, answers):
        if not _is_answered(question, answers):
            return question
    return None


def asked(form: Form, answers: Answers) -> list[Question]:
    """List the questions on the way of these answers, up to the first without one."""
    return list(_way(form, answers))


def counted(form: Form, answers: Answers) -> dict[str, Answer]:
    """Return the answers on the way: what was said before an earlier answer was changed is left out."""
    way = (question for question in _way(form, answers) if _is_answered(question, answers))
    return {question.key: answers[question.key] for question in way}


def answers_problems(form: Form, answers: Mapping[str, object]) -> dict[str, AnswerProblem]:
    """Tell by question what is wrong with the answers of a form that was sent as a whole, nothing if all is well.

    A question on the way that is not named was passed over. One that there is not is a problem; one off the way not.
    """
    known = {question.key: question for question in form.questions}
    found = {key: AnswerProblem.NO_SUCH_QUESTION for key in answers if key not in known}
    given: dict[str, Answer] = {}
    for question in form.questions:
        value = answers.get(question.key)
        if problems_of(question, value) is None:
            given[question.key] = value  # type: ignore[assignment]  # it is one, as was just told
    for question in _way(form, given):
        problem = problems_of(question, answers.get(question.key))
        if problem is not None:
            found[question.key] = problem
    return found


def leads_to(form: Form, place: int, answer: Answer) -> int:
    """Return the place of the question after this one, the number of all questions for the end."""
    for branch in form.questions[place].branches:
        if _holds(branch, answer):
            return target_of(form, branch, place)
    return place + 1


def target_of(form: Form, branch: Branch, place: int) -> int:
    """Return where a branch of the question at a place leads."""
    if branch.to is None:
        return len(form.questions)
    later = (at for at in range(place + 1, len(form.questions)) if form.questions[at].key == branch.to)
    # A form with a branch that leads nowhere is not published; should there be one, its next question comes.
    return next(later, place + 1)


def _way(form: Form, answers: Answers) -> Iterator[Question]:
    place = 0
    while place < len(form.questions):
        question = form.questions[place]
        yield question
        if not _is_answered(question, answers):
            return
        place = leads_to(form, place, answers[question.key])


def _is_answered(question: Question, answers: Answers) -> bool:
    return question.key in answers and problems_of(question, answers[question.key]) is None


def _holds(branch: Branch, answer: Answer) -> bool:
    if branch.is_for_all:
        return True
    if isinstance(answer, int):
        low, high = branch.at_least, branch.at_most
        return not branch.one_of and (low is None or low <= answer) and (high is None or answer <= high)
    if answer is None or not branch.one_of:
        return False
    chosen = [answer] if isinstance(answer, str) else answer
    return not set(chosen).isdisjoint(branch.one_of)
