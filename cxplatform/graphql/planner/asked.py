"""The page that is asked for, and how what is shown of it is written over its rows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cxplatform.graphql.keyset import Keyset
from cxplatform.graphql.page_queries import PageQuery
from cxplatform.graphql.planner.objects import equal
from cxplatform.graphql.planner.refusals import NotPlanned
from cxplatform.graphql.planner.writing import Statement, quoted

# The number of a row in the order in which a page is read; no column is called so.
_PLACE = quoted("#place")


@dataclass(frozen=True)
class Asked:
    """A page of rows called `rows`, of the row called `parent` if it hangs on one.

    Only of rows that are `numbered` is it known which come first and whether there are more.
    """

    query: PageQuery
    rows: str
    parent: str | None
    numbered: bool

    def listed(self, item: str) -> str:
        """Write a list of an item for each row on the page."""
        if not self.numbered:
            return f"coalesce(json_agg({item}), '[]')"
        return f"coalesce(json_agg({item} ORDER BY {self._from_end(first=True)}) {self._on_page}, '[]')"

    def row_cursor(self) -> str:
        """Write a row's cursor. Raises: NotPlanned."""
        return _cursor(self.query.keyset, self.rows)

    def end_cursor(self, *, first: bool) -> str:
        """Write the cursor of the first or of the last row on the page. Raises: NotPlanned."""
        return f"(array_agg({self.row_cursor()} ORDER BY {self._from_end(first=first)}) {self._on_page})[1]"

    def more(self) -> str:
        """Write whether more rows follow, in the order in which they are read."""
        return f"count(*) > {self.query.request.limit}"

    def write_rows(self, out: Statement, columns: tuple[str, ...]) -> None:
        """Write the rows of the page as a source; numbered ones with the row that follows, if there is one."""
        query = self.query
        columns = tuple(dict.fromkeys((*columns, *query.keyset.columns)))
        order = query.keyset.ordering_sql("read", backward=query.request.backward)
        out.text("(SELECT ", ", ".join(f"read.{quoted(column)}" for column in columns))
        if self.numbered:
            out.text(f", row_number() OVER (ORDER BY {order}) AS {_PLACE}")
        out.text(" FROM ")
        rows = query.rows()
        if not query.keyset.goes_one_way:
            rows = query.request.between(rows, query.keyset)
        out.source(rows, (*columns, *self._linked), "read")
        self._write_where(out, "read", between=query.keyset.goes_one_way)
        out.text(f" ORDER BY {order} LIMIT {query.request.limit + self.numbered}) {self.rows}")

    def write_count(self, out: Statement) -> None:
        """Write how many rows there are on all pages."""
        out.text("(SELECT count(*) FROM ")
        out.source(self.query.rows(), ("id", *self._linked), "counted")
        self._write_where(out, "counted", between=False)
        out.text(")")

    @property
    def _on_page(self) -> str:
        return f"FILTER (WHERE {self.rows}.{_PLACE} <= {self.query.request.limit})"

    def _from_end(self, *, first: bool) -> str:
        return f"{self.rows}.{_PLACE} {'DESC' if first == self.query.request.backward else 'ASC'}"

    @property
    def _linked(self) -> tuple[str, ...]:
        return self.query.link.columns if self.query.link else ()

    def _write_where(self, out: Statement, alias: str, *, between: bool) -> None:
        """Narrow a source to the rows that hang on the parent, and to those `between` the cursors."""
        query, conditions = self.query, []
        if query.link is not None and self.parent is not None:
            conditions.append(equal(query.link.columns, alias, query.link.attributes, self.parent))
        for cursor, backward in ((query.request.after, False), (query.request.before, True)):
            if between and cursor is not None:
                text, values = query.keyset.beyond_sql(alias, cursor, backward=backward)
                conditions.append(text)
                out.values += values
        if conditions:
            out.text(" WHERE ", " AND ".join(conditions))


def _cursor(keyset: Keyset, rows: str) -> str:
    """Write the position of a row as `write_cursor` does. Raises: NotPlanned."""
    values = [_packed(f"{rows}.{quoted(term.column)}", term.kind) for term in keyset.terms]
    packed = f"""concat('["{keyset.name}"', {", ".join(f"',', {value}" for value in values)}, ']')"""
    # Of base64 for addresses, without the line ends PostgreSQL puts in and without padding.
    return f"translate(encode(convert_to({packed}, 'UTF8'), 'base64'), E'+/=\\n', '-_')"


def _packed(column: str, kind: type) -> str:
    if kind is datetime:
        return f"""'"', {_isoformat(column)}, '"'"""
    if kind is UUID:
        return f"""'"', {column}, '"'"""
    if kind is str:
        return f"to_json({column}::text)"
    if kind is int:
        return column
    raise NotPlanned(kind.__name__)


def _isoformat(column: str) -> str:
    """Write an instant in UTC as Python does: no fraction, or six digits of it."""
    text = f"""to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
    return f"replace({text}, '.000000', '')"
