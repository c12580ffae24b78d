"""What a page shows besides its nodes: where it lies, and what they are wrapped in."""

from collections.abc import Callable, Sequence

from cxplatform.graphql.planner.asked import Asked
from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.graphql.planner.selecting import Selected
from cxplatform.graphql.planner.writing import Statement

# Writes a field of the page, once it is known which page is asked for. Raises: NotPlanned.
Part = Callable[[Statement, Asked], None]
EdgePart = Callable[[Asked], str]

# PostgreSQL's functions take a hundred arguments, a field is two.
_MOST_FIELDS = 50


def built(parts: Sequence[tuple[str, Part]]) -> Part:
    """Write an object of a few fields. Raises: NotPlanned."""
    _check_few(parts)

    def write(out: Statement, asked: Asked) -> None:
        out.text("json_build_object(")
        for place, (name, part) in enumerate(parts):
            out.text(f"{', ' if place else ''}'{name}', ")
            part(out, asked)
        out.text(")")

    return write


def edges(fields: Sequence[tuple[str, EdgePart]]) -> Part:
    """Write a list of an object for each row. Raises: NotPlanned."""
    _check_few(fields)

    def write(out: Statement, asked: Asked) -> None:
        edge = ", ".join(f"'{name}', {part(asked)}" for name, part in fields)
        out.text(asked.listed(f"json_build_object({edge})"))

    return write


def page_info(selected: Selected) -> Part:
    """Write a field of `pageInfo`. Raises: NotPlanned."""
    if selected.field is None:
        return constant(selected.owner.name)
    match selected.attribute:
        case "has_next_page":
            return lambda out, asked: out.text(_has(asked, asked.query.request.before, backward=True))
        case "has_previous_page":
            return lambda out, asked: out.text(_has(asked, asked.query.request.after, backward=False))
        case "start_cursor":
            return lambda out, asked: out.text(asked.end_cursor(first=True))
        case "end_cursor":
            return lambda out, asked: out.text(asked.end_cursor(first=False))
    raise NotPlanned(selected.attribute)


def _has(asked: Asked, beyond: str | None, *, backward: bool) -> str:
    """Write whether there are rows on a side of the page: the one it is read from is the one a cursor was given of."""
    if asked.query.request.backward is backward:
        return "false" if beyond is None else "true"
    return asked.more()


def _check_few(fields: Sequence[object]) -> None:
    if len(fields) > _MOST_FIELDS:
        raise NotPlanned(f"{len(fields)} fields")


def literal(name: str) -> str:
    return f"'{name}'::text"


def constant(name: str) -> Part:
    return lambda out, asked: out.text(literal(name))
