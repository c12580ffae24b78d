"""What is stored of versions and questions as JSON, as values of the schema."""

from collections.abc import Iterable, Mapping
from typing import Any

import strawberry

from apps.surveys import models
from apps.surveys.forms.look import Look
from apps.surveys.forms.stored import look_of
from cxplatform.graphql.columns import column


@strawberry.type(description="What a page says around its questions, in one language.")
class SurveyText:
    language: str = column("A BCP 47 tag.")
    title: str = column("Its heading; empty where there is none.")
    greeting: str = column("What stands before the questions; empty where nothing does.")
    thanks: str = column("What stands at the end; empty where nothing of the brand's own does.")


@strawberry.type(description="A question's words in one language.")
class SurveyQuestionText:
    language: str = column("A BCP 47 tag.")
    title: str = column("The question itself.")
    help: str = column("What helps to understand it; empty where nothing does.")
    lowest: str = column("What the lowest score means; empty where it is not said.")
    highest: str = column("What the highest score means; empty where it is not said.")


@strawberry.type(description="What a choice is called in one language.")
class SurveyChoiceText:
    language: str = column("A BCP 47 tag.")
    label: str = column("What it is called.")


@strawberry.type(description="One of the answers that a question offers.")
class SurveyChoice:
    key: str = column("What answers say.")
    texts: list[SurveyChoiceText] = column("What it is called.")


@strawberry.type(description="Where an answer leads. The first branch of a question that holds is taken.")
class SurveyBranch:
    to: str | None = column("The question it leads to, by key; null for the end.")
    at_least: int | None = column("It holds for this score and higher ones.")
    at_most: int | None = column("It holds for this score and lower ones.")
    one_of: list[str] = column("It holds for answers with one of these choices. Without a condition it holds always.")


@strawberry.type(description="How a brand's page looks.")
class SurveyLook:
    background: str = column("The colour of the page, as #rrggbb.")
    text: str = column("The colour of its text.")
    accent: str = column("The colour of its buttons.")
    on_accent: str = column("The colour of the text on them.")
    logo: str | None = column("The logo as a data URL; null without one.")


def look_shown(look: Look) -> SurveyLook:
    return SurveyLook(
        background=look.background,
        text=look.text,
        accent=look.accent,
        on_accent=look.on_accent,
        logo=None if look.logo is None else look.logo.url,
    )


def form_texts(root: strawberry.Parent[models.SurveyVersion]) -> list[SurveyText]:
    return _worded(SurveyText, root.texts, ("title", "greeting", "thanks"))


def form_look(root: strawberry.Parent[models.SurveyVersion]) -> SurveyLook:
    return look_shown(look_of(root.look))


def question_texts(root: strawberry.Parent[models.Question]) -> list[SurveyQuestionText]:
    return _worded(SurveyQuestionText, root.texts, ("title", "help", "lowest", "highest"))


def question_choices(root: strawberry.Parent[models.Question]) -> list[SurveyChoice]:
    return [
        SurveyChoice(
            key=each["key"],
            texts=[SurveyChoiceText(language=language, label=label) for language, label in each["texts"].items()],
        )
        for each in root.choices
    ]


def question_branches(root: strawberry.Parent[models.Question]) -> list[SurveyBranch]:
    return [
        SurveyBranch(
            to=each["to"],
            at_least=each.get("at_least"),
            at_most=each.get("at_most"),
            one_of=each.get("one_of", []),
        )
        for each in root.branches
    ]


def _worded(shown: Any, texts: Mapping[str, Mapping[str, str]], names: Iterable[str]) -> list[Any]:
    return [
        shown(language=language, **{name: words.get(name, "") for name in names}) for language, words in texts.items()
    ]
