import strawberry

from apps.surveys.graphql.enums import SurveyKind, SurveyScope
from apps.surveys.graphql.forms.enums import QuestionKind
from cxplatform.graphql.columns import column

_LANGUAGE = "A BCP 47 tag, such as en or pt-BR."


@strawberry.input(description="A new survey.")
class CreateSurveyInput:
    key: str = column("What others refer to it by: 1 to 100 characters, no other survey's.")
    name: str = column("Its name, for people: 1 to 200 characters.")
    kind: SurveyKind = column("What it asks. It never changes.")
    scope: SurveyScope | None = column(
        "What answers speak of; it never changes. RELATIONAL of NPS and TRANSACTIONAL of others, when left out.",
        default=None,
    )


@strawberry.input(description="Another name for a survey.")
class RenameSurveyInput:
    id: strawberry.ID = column("The survey's id.")
    name: str = column("Its new name: 1 to 200 characters.")


@strawberry.input(description="The survey to draft a version of.")
class DraftSurveyVersionInput:
    survey: strawberry.ID = column("The survey's id.")


@strawberry.input(description="The draft to publish.")
class PublishSurveyVersionInput:
    id: strawberry.ID = column("The draft's id.")


@strawberry.input(description="What stands around the questions, in one language.")
class SurveyTextInput:
    language: str = column(_LANGUAGE)
    title: str = column("The page's heading: at most 500 characters.", default="")
    greeting: str = column("Before the questions: at most 2,000 characters.", default="")
    thanks: str = column("At the end: at most 2,000 characters.", default="")


@strawberry.input(description="A question's words in one language.")
class SurveyQuestionTextInput:
    language: str = column(_LANGUAGE)
    title: str = column("The question itself: at most 500 characters.")
    help: str = column("What helps to understand it: at most 1,000 characters.", default="")
    lowest: str = column("What the lowest score means: at most 100 characters.", default="")
    highest: str = column("What the highest score means: at most 100 characters.", default="")


@strawberry.input(description="What a choice is called in one language.")
class SurveyChoiceTextInput:
    language: str = column(_LANGUAGE)
    label: str = column("1 to 200 characters.")


@strawberry.input(description="One of the answers that a question offers.")
class SurveyChoiceInput:
    key: str = column("What answers say: letters of ASCII, digits and . _ -, no other choice's of the question.")
    texts: list[SurveyChoiceTextInput] = column("What it is called, by language.")


@strawberry.input(description="Where an answer leads. Without a condition it leads there always.")
class SurveyBranchInput:
    to: str | None = column("A later question, by key; the end when left out.", default=None)
    at_least: int | None = column("For this score and higher ones.", default=None)
    at_most: int | None = column("For this score and lower ones.", default=None)
    one_of: list[str] = column("For answers with one of these choices.", default_factory=list)


@strawberry.input(description="A question of a form.")
class SurveyQuestionInput:
    key: str = column("Which question it is in every version: letters of ASCII, digits and . _ -, 100 at most.")
    kind: QuestionKind = column("What it is.")
    required: bool = column("Whether it must be answered.", default=False)
    low: int | None = column("Of RATING: the lowest score, 0 or 1.", default=None)
    high: int | None = column("Of RATING: the highest score, 10 at most.", default=None)
    texts: list[SurveyQuestionTextInput] = column("Its words, by language.", default_factory=list)
    choices: list[SurveyChoiceInput] = column("Of questions of choice: what can be chosen.", default_factory=list)
    branches: list[SurveyBranchInput] = column(
        "Where answers lead: the first that holds is taken, else the next question comes.", default_factory=list
    )


@strawberry.input(description="How the page looks. Text must stand out: a contrast of 4.5 to 1, and buttons of 3 to 1.")
class SurveyLookInput:
    background: str | None = column("The colour of the page, as #rrggbb.", default=None)
    text: str | None = column("The colour of its text.", default=None)
    accent: str | None = column("The colour of its buttons.", default=None)
    on_accent: str | None = column("The colour of the text on them.", default=None)
    logo: str | None = column("A PNG or WebP of at most 20 kB, as base64 or as a data URL.", default=None)


@strawberry.input(description="What a draft says; all of it, for it takes the place of all the draft had.")
class EditSurveyDraftInput:
    id: strawberry.ID = column("The draft's id.")
    default_language: str = column("Shown to those whose language it is not there in.", default="en")
    texts: list[SurveyTextInput] = column("What stands around the questions, by language.", default_factory=list)
    look: SurveyLookInput | None = column("How the page looks; plain, when left out.", default=None)
    questions: list[SurveyQuestionInput] = column("Its questions, in their order: 50 at most.")
