"""How one column of the import is made from a row of the export."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from cxplatform.imports.mapping.moments import Moments, read_moments
from cxplatform.imports.mapping.problems import MappingError, RowError
from cxplatform.imports.mapping.row import Row
from cxplatform.imports.mapping.tables import Table, only, strings, table, text
from cxplatform.imports.mapping.templates import Template
from cxplatform.imports.texts import shown

_SOURCES = ("constant", "from", "first_of", "template")
_OPTIONS = ("empty", "values", "otherwise", "read_as", "zone", "multiply", "default")


@dataclass(frozen=True)
class Column:
    """One column: where its text comes from, then the steps it goes through in this order.

    `empty` texts become nothing; `values` replaces whole texts (`otherwise` those it does not list); `moments` reads
    dates; `multiply` changes units; `default` stands in for nothing.
    """

    name: str
    constant: str = ""
    first_of: tuple[str, ...] = ()
    template: Template | None = None
    empty: frozenset[str] = frozenset()
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    moments: Moments | None = None
    multiply: Decimal | None = None
    default: str = ""

    @property
    def sources(self) -> set[str]:
        """The export's columns this one needs."""
        return set(self.template.columns if self.template else self.first_of)

    def value(self, row: Row) -> str:
        """Make the cell. Raises: RowError naming this column."""
        try:
            return self._changed(self._text(row)) or self.default
        except ValueError as error:
            raise RowError(self.name, str(error)) from None

    def _text(self, row: Row) -> str:
        if self.template:
            return self.template.fill(row, self.empty)
        found = (row[column] for column in self.first_of)
        return next((cell for cell in found if cell.strip() and cell.strip() not in self.empty), self.constant)

    def _changed(self, cell: str) -> str:
        word = cell.strip()
        if not word:
            return ""
        if self.values:
            mapped = self.values.get(word, self.otherwise)
            if mapped is None:
                raise ValueError(f"{shown(word)} is not among its values")
            return mapped
        if self.moments:
            return self.moments.read(word)
        if self.multiply is not None:
            return _times(word, self.multiply)
        return cell


def read_column(name: str, entry: object) -> Column:
    """Read one entry of `[columns]`; a text alone is the source column. Raises: MappingError naming the key."""
    key = f"columns.{name}"
    options: Table = {"from": entry} if isinstance(entry, str) else table(key, entry)
    only(key, options, _SOURCES + _OPTIONS)
    given = [source for source in _SOURCES if source in options]
    if len(given) != 1:
        raise MappingError(key, "must have exactly one of " + ", ".join(_SOURCES))
    steps = [step for step in ("values", "read_as", "multiply") if step in options]
    if len(steps) > 1:
        raise MappingError(key, f"has both {steps[0]} and {steps[1]}; one is enough")
    for option, needed in (("otherwise", "values"), ("zone", "read_as")):
        if option in options and needed not in options:
            raise MappingError(f"{key}.{option}", f"needs {needed}")
    return _column(name, key, options)


def _column(name: str, key: str, options: Table) -> Column:
    sources = [options[source] for source in ("from", "first_of") if source in options]
    return Column(
        name=name,
        constant=text(f"{key}.constant", options.get("constant", "")),
        first_of=tuple(strings(f"{key}.from", sources[0])) if sources else (),
        template=_template(key, options),
        empty=frozenset(strings(f"{key}.empty", options["empty"])) if "empty" in options else frozenset(),
        values={old: text(f"{key}.values", new) for old, new in _values(key, options).items()},
        otherwise=text(f"{key}.otherwise", options["otherwise"]) if "otherwise" in options else None,
        moments=read_moments(key, options) if "read_as" in options else None,
        multiply=_factor(key, options),
        default=text(f"{key}.default", options.get("default", "")),
    )


def _template(key: str, options: Table) -> Template | None:
    if "template" not in options:
        return None
    return Template.read(f"{key}.template", text(f"{key}.template", options["template"]))


def _values(key: str, options: Table) -> Table:
    values = table(f"{key}.values", options.get("values", {}))
    if "values" in options and not values:
        raise MappingError(f"{key}.values", "lists nothing")
    return values


def _factor(key: str, options: Table) -> Decimal | None:
    if "multiply" not in options:
        return None
    factor = options["multiply"]
    if isinstance(factor, bool) or not isinstance(factor, int | float):
        raise MappingError(f"{key}.multiply", "must be a number")
    return Decimal(str(factor))


def _times(word: str, factor: Decimal) -> str:
    try:
        product = Decimal(word) * factor
    except InvalidOperation:
        raise ValueError(f"{shown(word)} is not a number") from None
    return format(product.normalize(), "f") if product.is_finite() else word
