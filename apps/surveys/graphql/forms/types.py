"""Versions of surveys and what they ask, as nodes."""

from typing import Any

import strawberry
import strawberry_django
from django.db.models import QuerySet
from strawberry import auto

from apps.accounts.permissions import Permission
from apps.surveys import models
from apps.surveys.graphql.forms.enums import QuestionKind, SurveyVersionState
from apps.surveys.graphql.forms.filters import SurveyQuestionWhere, SurveyVersionWhere
from apps.surveys.graphql.forms.orders import SURVEY_QUESTION_ORDERS, SURVEY_VERSION_ORDERS
from apps.surveys.graphql.forms.texts import (
    SurveyBranch,
    SurveyChoice,
    SurveyLook,
    SurveyQuestionText,
    SurveyText,
    form_look,
    form_texts,
    question_branches,
    question_choices,
    question_texts,
)
from apps.surveys.graphql.types import Survey
from cxplatform.graphql.columns import column, relation
from cxplatform.graphql.connections import Children, Connection, child_connection
from cxplatform.graphql.context import AnyInfo
from cxplatform.graphql.nodes import Node, Stored
from cxplatform.graphql.registry import extend


@strawberry_django.type(models.SurveyVersion, description="What a survey's page asks; once published it never changes.")
class SurveyVersion(Stored, Node):
    requires = Permission.READ_CONFIGURATION
    kept = ("texts", "look")

    number: auto = column("Its place among the survey's versions, in the order they were drafted.")
    state: SurveyVersionState = column("How it stands.")
    default_language: auto = column("What is shown to those whose language it is not there in: a BCP 47 tag.")
    texts: list[SurveyText] = strawberry.field(
        resolver=form_texts, description="What stands around the questions, by language."
    )
    look: SurveyLook = strawberry.field(resolver=form_look, description="How the page looks.")
    created_at: auto = column("When it was drafted.")
    published_at: auto = column("When it was published; null of a draft.")
    survey: Survey | None = relation("Whose version it is.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


@strawberry_django.type(models.Question, description="A question of a version of a survey.")
class SurveyQuestion(Stored, Node):
    requires = Permission.READ_CONFIGURATION
    kept = ("texts", "choices", "branches")

    key: auto = column("Which question it is, throughout the versions of the survey.")
    position: auto = column("Its place in the version, from 0.")
    kind: QuestionKind = column("What it is.")
    required: auto = column("Whether it must be answered.")
    low: auto = column("The lowest score; null where it is on no scale.")
    high: auto = column("The highest score; null where it is on no scale.")
    texts: list[SurveyQuestionText] = strawberry.field(resolver=question_texts, description="Its words, by language.")
    choices: list[SurveyChoice] = strawberry.field(
        resolver=question_choices, description="What can be chosen, in its order; none where nothing can."
    )
    branches: list[SurveyBranch] = strawberry.field(
        resolver=question_branches, description="Where answers lead; to the next question if none of them holds."
    )
    version: SurveyVersion | None = relation("The version it is in.")

    @classmethod
    def get_queryset(cls, queryset: "QuerySet[Any]", info: AnyInfo) -> "QuerySet[Any]":
        return queryset


extend(
    Survey,
    "versions",
    Connection[SurveyVersion] | None,
    child_connection(
        Children(SurveyVersion, SURVEY_VERSION_ORDERS, SurveyVersionWhere, ("survey_id",)),
        description="What its page asks and asked; the newest first. One whose answers are imported has none.",
    ),
)
extend(
    SurveyVersion,
    "questions",
    Connection[SurveyQuestion] | None,
    child_connection(
        Children(SurveyQuestion, SURVEY_QUESTION_ORDERS, SurveyQuestionWhere, ("version_id",)),
        description="Its questions, in their order.",
    ),
)
