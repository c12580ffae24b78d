"""What can be wrong with one line of an import; the codes are a promise to those who script against them."""

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    REQUIRED = "REQUIRED"
    INVALID_TYPE = "INVALID_TYPE"
    INVALID_DATE = "INVALID_DATE"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    UNKNOWN_VALUE = "UNKNOWN_VALUE"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"
    CONFLICT = "CONFLICT"
    MALFORMED_LINE = "MALFORMED_LINE"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row is rejected; `field` is a column's name, or None when the whole line is at fault.

    `names` are other columns that the message names, for whoever knows columns by other names.
    """

    field: str | None
    code: Code
    message: str
    names: tuple[str, ...] = ()

    def as_json(self) -> dict[str, str | None]:
        return {"field": self.field, "code": self.code.value, "message": self.message}


class Refused(ValueError):
    """A cell's value cannot be taken; raised by a column's type, which does not know the column's name."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message

    def of(self, field: str) -> Problem:
        return Problem(field, self.code, self.message)
