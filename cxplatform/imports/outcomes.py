"""What became of one row."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from cxplatform.imports.problems import Problem


class Status(StrEnum):
    ACCEPTED = "ACCEPTED"
    UPDATED = "UPDATED"
    DUPLICATE = "DUPLICATE"
    REJECTED = "REJECTED"


@dataclass(slots=True)  # one a row: a frozen one takes three times as long to make
class RowOutcome:
    """`id` is the stored row's, and None for a rejected one, which has `errors` instead.

    Of a row that was accepted or updated, `after` are its values by column and `before` what they were, if any.
    """

    status: Status
    id: UUID | None = None
    errors: tuple[Problem, ...] = ()
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def rejected(*problems: Problem) -> RowOutcome:
    return RowOutcome(Status.REJECTED, None, problems)
