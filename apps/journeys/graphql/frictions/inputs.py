from datetime import date

import strawberry

from apps.journeys.graphql.frictions.enums import FrictionCategory, FrictionSeverity
from cxplatform.graphql.columns import column
from cxplatform.graphql.payloads import optional

_ID, _NOTE = "The friction.", "What there is to say of it, up to 1,000 characters."


@strawberry.input(description="That it is hard for customers somewhere.")
class ReportFrictionInput:
    touchpoint: str = column("Where, by the touchpoint's key.")
    title: str = column("What to call it, up to 200 characters.")
    category: FrictionCategory = column("What it comes from.")
    severity: FrictionSeverity = column("How bad it is.")
    note: str | None = optional(_NOTE)


@strawberry.input(description="That a friction is one. What is left out stays as it is.")
class ConfirmFrictionInput:
    id: strawberry.ID = column(_ID)
    title: str | None = optional("What to call it, up to 200 characters.")
    category: FrictionCategory | None = optional("What it comes from.")
    severity: FrictionSeverity | None = optional("How bad it is.")
    note: str | None = optional(_NOTE)


@strawberry.input(description="That a friction is none.")
class DismissFrictionInput:
    id: strawberry.ID = column(_ID)
    note: str = column("Why, up to 1,000 characters.")


@strawberry.input(description="Whose task a friction is.")
class StartFrictionInput:
    id: strawberry.ID = column(_ID)
    department: str | None = optional("The department, by key; as it is when left out.")
    assignee: str | None = optional("Whose task it is, by name; yours when left out.")
    due_on: date | None = optional("By which day.")
    note: str | None = optional(_NOTE)


@strawberry.input(description="That a friction is no more.")
class ResolveFrictionInput:
    id: strawberry.ID = column(_ID)
    note: str | None = optional(_NOTE)
