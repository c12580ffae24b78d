"""What lists of versions of surveys and of their questions may be narrowed by."""

from apps.surveys.graphql.forms.enums import QuestionKind, SurveyVersionState
from cxplatform.graphql.filters.comparisons import (
    BooleanFilter,
    DateTimeFilter,
    Filter,
    IdFilter,
    IntFilter,
    KeyFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which versions of surveys.")
class SurveyVersionWhere:
    id: IdFilter | None = by("The global id.")
    number: IntFilter | None = by("Its place among the survey's versions.")
    state: Filter[SurveyVersionState] | None = by("How it stands.")
    created_at: DateTimeFilter | None = by("When it was drafted.")
    published_at: DateTimeFilter | None = by("When it was published; unknown of a draft.")


@where_input("Which questions.")
class SurveyQuestionWhere:
    id: IdFilter | None = by("The global id.")
    key: KeyFilter | None = by("The key.")
    kind: Filter[QuestionKind] | None = by("What it is.")
    required: BooleanFilter | None = by("Whether it must be answered.")
