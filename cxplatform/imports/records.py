"""One record of an imported file: where it lies, and what it says or why it cannot be read."""

from dataclasses import dataclass

from cxplatform.imports.problems import Code, Problem


@dataclass(slots=True)
class Record:
    """A record of either format: `content` is a list of cells (CSV), a dict (NDJSON), or why it is malformed.

    `line` is the physical line it begins on, counted from 1; `start` and `end` are byte offsets, `next_line` the
    line after it. `suspect` content has to be checked for characters that cannot be stored. Content that was read is
    let go of (None).
    """

    line: int
    start: int
    end: int
    next_line: int
    content: list[str] | dict[str, object] | Problem | None
    suspect: bool = False


def malformed(message: str, code: Code = Code.MALFORMED_LINE) -> Problem:
    return Problem(None, code, message)
