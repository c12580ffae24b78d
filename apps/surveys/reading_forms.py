"""Read the form of a version from its tables. Runs in the open door."""

from collections.abc import Iterable
from uuid import UUID

from apps.surveys.forms.shapes import Form
from apps.surveys.forms.shapes import Question as FormQuestion
from apps.surveys.forms.stored import branches_of, choices_of, look_of
from apps.surveys.models import Question, SurveyVersion
from cxplatform.errors import NotFound


def form_of(version_id: UUID) -> Form:
    """Read a version, draft or published, in two statements. Raises: NotFound."""
    version = SurveyVersion.objects.select_related("survey").filter(pk=version_id).first()
    if version is None:
        raise NotFound("There is no such version.")
    return assembled(version, version.survey.kind, version.questions.order_by("position"))


def assembled(version: SurveyVersion, kind: str, questions: Iterable[Question]) -> Form:
    """Put together the form of a version of a survey of this kind, from its rows in their order."""
    return Form(
        kind=kind,
        default_language=version.default_language,
        questions=tuple(map(_question, questions)),
        texts=version.texts,
        look=look_of(version.look),
    )


def _question(row: Question) -> FormQuestion:
    return FormQuestion(
        key=row.key,
        kind=row.kind,
        required=row.required,
        low=row.low,
        high=row.high,
        texts=row.texts,
        choices=choices_of(row.choices),
        branches=branches_of(row.branches),
    )
