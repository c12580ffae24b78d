"""The tables of kinds and columns in docs/imports.md, written from the declared kinds."""

from functools import singledispatch

from cxplatform.imports.addresses import Address
from cxplatform.imports.instants import Instant, Instants
from cxplatform.imports.kinds import Column, kind_named, kind_names
from cxplatform.imports.number_types import Amount, Integer, Number
from cxplatform.imports.text_types import Boolean, Choice, Json, Key, Path, Pattern, Text

BEGIN, END = "<!-- kinds: written by manage.py import_docs -->", "<!-- end of kinds -->"


def page_with_kinds(page: str) -> str:
    """Return the page with its tables of kinds made anew.

    Raises: ValueError, when the page does not mark the place.
    """
    before, begun, rest = page.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError("The page does not mark where the kinds stand.")
    return f"{before}{BEGIN}\n\n{_kinds()}\n{END}{after}"


def _kinds() -> str:
    parts = []
    for name in kind_names():
        rows = [_row(column) for column in kind_named(name).columns.values()]
        parts.append("\n".join([f"### {name}", "", "| column | holds |", "|---|---|", *rows, ""]))
    return "\n".join(parts)


def _row(column: Column) -> str:
    name = f"**{column.name}**" if column.required else column.name
    return f"| {name} | {words(column.type)}{_default(column)} |"


def _default(column: Column) -> str:
    if column.default is None:
        return ""
    return (
        "; default: the brand's"
        if callable(column.default)
        else f"; default `{str(column.default).lower() if isinstance(column.default, bool) else column.default}`"
    )


@singledispatch
def words(type_: object) -> str:
    """Say what a column of this type holds.

    Raises: TypeError, for a type nobody has put into words.
    """
    raise TypeError(f"Nobody has put {type(type_).__name__} into words.")


@words.register
def _(type_: Text) -> str:
    return f"text, at most {type_.most:,} characters"


@words.register
def _(type_: Key) -> str:
    return f"a key, at most {type_.most:,} characters"


@words.register
def _(type_: Path) -> str:
    return f"a path of at most {type_.most_levels} names joined by `/`, {type_.most:,} characters in all"


@words.register
def _(type_: Address) -> str:
    return f"an https address without credentials, at most {type_.most:,} characters"


@words.register
def _(type_: Choice) -> str:
    return type_.what


@words.register
def _(type_: Pattern) -> str:
    return type_.what


@words.register
def _(type_: Boolean) -> str:
    return "true or false"


@words.register
def _(type_: Json) -> str:
    return "JSON"


@words.register
def _(type_: Integer) -> str:
    return f"a whole number from {type_.least:,} to {type_.most:,}"


@words.register
def _(type_: Number) -> str:
    return f"a number from {type_.least:,} to {type_.most:,}"


@words.register
def _(type_: Amount) -> str:
    return f"a positive decimal, {type_.whole_digits} digits before the point and {type_.fraction_digits} after it"


@words.register
def _(type_: Instant) -> str:
    return "an instant, ISO 8601"


@words.register
def _(type_: Instants) -> str:
    return "instants, ISO 8601, separated by `;`"
