"""Run an adapter in a test, on files of the test's own or on the real exports beside the source, where they are."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from apps.interactions.adapters.export import Options
from apps.interactions.adapters.registry import ADAPTERS
from apps.interactions.adapters.report import Report
from apps.interactions.adapters.run import adapt, files_in
from cxplatform.tenancy.brand import BrandRef

REAL = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "vendor_exports"

with_real_exports = pytest.mark.skipif(not REAL.exists(), reason="the vendors' exports are not on this machine")


class Adapted:
    """What an adapter made: rows by kind, and its report."""

    def __init__(self, report: Report, files: dict[str, Path]) -> None:
        self.report = report
        self._rows = {kind: [json.loads(line) for line in path.open()] for kind, path in files.items()}

    @property
    def counts(self) -> dict[str, int]:
        return {kind: len(rows) for kind, rows in self._rows.items()}

    @property
    def lost(self) -> list[str]:
        """Return what was lost: where, what, how often."""
        return [
            f"{table}{'.' * bool(column)}{column}: {what} x{loss.count}"
            for (table, column, what), loss in self.report.losses.items()
        ]

    def rows(self, kind: str, *columns: str) -> list[Any]:
        """Return the rows of a kind: whole, as one column, or as several."""
        found = self._rows.get(kind, [])
        if not columns:
            return found
        cells = [[row.get(column) for column in columns] for row in found]
        return [row[0] for row in cells] if len(columns) == 1 else [tuple(row) for row in cells]

    def row(self, kind: str, external_id: str) -> dict[str, Any]:
        (found,) = (row for row in self.rows(kind) if row["external_id"] == external_id)
        return found


def adapted(brand: BrandRef, vendor: str, *paths: Path, **options: Any) -> Adapted:
    """Run an adapter on files or folders."""
    with TemporaryDirectory() as folder:
        work = Path(folder)
        report, files = adapt(
            ADAPTERS[vendor],
            files_in(list(paths)),
            brand=brand,
            source=vendor,
            options=Options(**options),
            work=work,
            out=work,
        )
        return Adapted(report, files)
