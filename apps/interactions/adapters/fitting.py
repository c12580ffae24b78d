"""Make a row fit its import kind: what the import would reject in a row is taken out of it and told, not the row."""

from typing import Any

from apps.interactions.adapters.adapter import Made
from apps.interactions.adapters.report import Report
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.problems import Problem
from cxplatform.imports.rows import RowReader
from cxplatform.tenancy.brand import BrandRef


class Fitting:
    """Fit rows for one brand, telling what they lost."""

    def __init__(self, brand: BrandRef, report: Report) -> None:
        self._brand = brand
        self._report = report
        self._readers: dict[str, RowReader] = {}

    def fit(self, made: Made) -> dict[str, Any] | None:
        """Return the row's values, or None where what is left would be no row."""
        if made.kind not in self._readers:
            self._readers[made.kind] = RowReader(kind_named(made.kind), self._brand)
        reader, values = self._readers[made.kind], dict(made.values)
        while problem := _problem(reader, values):
            if problem.field is None or problem.field not in values or problem.field in reader.required:
                self._lose(made, problem, "the row is left out")
                return None
            self._lose(made, problem, "left out")
            del values[problem.field]
        return values

    def _lose(self, made: Made, problem: Problem, what: str) -> None:
        self._report.lose(made.kind, problem.field or "", f"{problem.message}: {what}", made.place)


def _problem(reader: RowReader, values: dict[str, Any]) -> Problem | None:
    """Return the first thing that is wrong with a row, as an import of it alone would find it."""
    row = reader.read_object(values)
    if isinstance(row, list):
        return row[0]
    merged = reader.defaults | row.values
    return next((problem for check in reader.kind.checks if (problem := check(merged))), None)
