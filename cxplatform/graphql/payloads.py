"""What mutations take and return: given values, and the reasons why nothing was written."""

from dataclasses import fields
from enum import Enum
from typing import Any

import strawberry

from cxplatform.errors import BadInput, Conflict, DomainError
from cxplatform.graphql.columns import column
from cxplatform.graphql.naming import camel
from cxplatform.imports.problems import Problem
from cxplatform.imports.recording import RowRefused

INPUT = strawberry.argument(description="What to do it with.")

# What the client can mend by sending other values; everything else is an error of the operation.
CLIENT_FAULTS = (BadInput, Conflict)


@strawberry.type(description="Why a change was not made.")
class UserError:
    code: str = column("What is wrong, for a program.")
    field: str | None = column("The input field at fault; null when it is not one field's.")
    message: str = column("What is wrong, for a person.")


def errors_of(fault: DomainError) -> list[UserError]:
    """Write a command's refusal for the client, its fields as the schema names them."""
    if isinstance(fault, RowRefused):
        return [_error(problem.code.value, problem.field, _told(problem)) for problem in fault.problems]
    return [_error(fault.code, fault.field, fault.message)]


def _told(problem: Problem) -> str:
    message = problem.message
    for name in problem.names:
        message = message.replace(name, camel(name))
    return message


def _error(code: str, field: str | None, message: str) -> UserError:
    return UserError(code=code, field=camel(field) if field else None, message=message)


def optional(description: str) -> Any:
    """Declare an input field that may be left out, which `given` tells from null."""
    return strawberry.field(default=strawberry.UNSET, description=description)


def given(record: object) -> dict[str, object]:
    """Return the fields of an input that were given, as plain values; null is given, absent is not."""
    values = {field.name: getattr(record, field.name) for field in fields(record)}  # type: ignore[arg-type]  # strawberry's inputs are dataclasses
    return {name: _plain(value) for name, value in values.items() if value is not strawberry.UNSET}


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def user_errors() -> list[UserError]:
    """Return no errors; the default of a payload's `user_errors`."""
    return []
