import strawberry

from apps.surveys.forms.wording import WordedForm, WordedQuestion
from apps.surveys.graphql.forms.enums import QuestionKind
from apps.surveys.graphql.forms.texts import SurveyLook, look_shown
from cxplatform.graphql.columns import column


@strawberry.type(description="A choice as customers read it.")
class SurveyPreviewChoice:
    key: str = column("What answers say.")
    label: str = column("What it is called.")


@strawberry.type(description="A question as customers read it.")
class SurveyPreviewQuestion:
    key: str = column("Which question it is.")
    kind: QuestionKind = column("What it is.")
    required: bool = column("Whether it must be answered.")
    low: int | None = column("The lowest score; null where it is on no scale.")
    high: int | None = column("The highest score; null where it is on no scale.")
    title: str = column("The question itself.")
    help: str = column("What helps to understand it.")
    lowest: str = column("What the lowest score means.")
    highest: str = column("What the highest score means.")
    choices: list[SurveyPreviewChoice] = column("What can be chosen.")


@strawberry.type(description="A form as customers read it. What the brand says nothing of is empty.")
class SurveyPreview:
    language: str = column("The language it is in.")
    right_to_left: bool = column("Whether it is written from right to left.")
    title: str = column("Its heading.")
    greeting: str = column("What stands before the questions.")
    thanks: str = column("What stands at the end.")
    look: SurveyLook = column("How the page looks.")
    questions: list[SurveyPreviewQuestion] = column("All its questions, in their order.")


def shown(form: WordedForm) -> SurveyPreview:
    """Return a form in words as the schema shows it."""
    return SurveyPreview(
        language=form.language,
        right_to_left=form.right_to_left,
        title=form.title,
        greeting=form.greeting,
        thanks=form.thanks,
        look=look_shown(form.look),
        questions=[_question(each) for each in form.questions],
    )


def _question(question: WordedQuestion) -> SurveyPreviewQuestion:
    return SurveyPreviewQuestion(
        key=question.key,
        kind=QuestionKind[question.kind],
        required=question.required,
        low=question.low,
        high=question.high,
        title=question.title,
        help=question.help,
        lowest=question.lowest,
        highest=question.highest,
        choices=[SurveyPreviewChoice(key=each.key, label=each.label) for each in question.choices],
    )
