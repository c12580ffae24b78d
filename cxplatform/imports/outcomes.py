"""What became of one row."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from cxplatform.imports.problems import Problem


class Status(StrEnum):
    ACCEPTED = "ACCEPTED"
    UPDATED = "UPDATED"
    DUPLICATE = "DUPLICATE"
    REJECTED = "REJECTED"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """`id` is the stored row's, and None for a rejected one, which has `errors` instead."""

    status: Status
    id: UUID | None = None
    errors: tuple[Problem, ...] = ()


def rejected(*problems: Problem) -> RowOutcome:
    return RowOutcome(Status.REJECTED, None, problems)
