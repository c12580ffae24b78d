"""An answer: its bytes, and what its status depends on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import ExecutionResult

from cxplatform.graphql.encoding import encode
from cxplatform.graphql.errors import FormattedError, formatted


@dataclass(frozen=True)
class Answer:
    """What is sent; `live`: one look at what a subscription follows.

    `in_vain`: every root field failed, so that nothing was done. `replayed`: it was given before, to the same call.
    """

    body: bytes
    errors: list[FormattedError]
    executed: bool
    live: bool = False
    in_vain: bool = False
    replayed: bool = False


def answer_of(result: ExecutionResult, *, extensions: dict[str, Any] | None = None, live: bool = False) -> Answer:
    """Write what an execution gave; of one that never began, no data and no extensions."""
    errors = [formatted(error) for error in result.errors or ()]
    # What has neither data nor an error at a place in it was not executed: a variable did not coerce.
    executed = result.data is not None or any(error.path for error in result.errors or ())
    body: dict[str, Any] = {"errors": errors} if errors else {}
    if executed:
        body["data"] = result.data
        if extensions:
            body["extensions"] = extensions
    in_vain = all(value is None for value in (result.data or {}).values())
    return Answer(encode(body), errors, executed, live, in_vain)


def refusal_of(errors: Sequence[Exception]) -> Answer:
    """Write why nothing was executed."""
    shown = [formatted(error) for error in errors]
    return Answer(encode({"errors": shown}), shown, executed=False)
