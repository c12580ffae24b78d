"""Run an adapter: from a vendor's files to a file of NDJSON for each import kind."""

import json
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from apps.interactions.adapters.adapter import KINDS, Adapter
from apps.interactions.adapters.export import Export, Options
from apps.interactions.adapters.fitting import Fitting
from apps.interactions.adapters.report import Report
from apps.interactions.adapters.shelf import Shelf
from apps.interactions.adapters.tables import UnusableExport
from cxplatform.tenancy.brand import BrandRef


def files_in(paths: list[Path]) -> list[Path]:
    """Return the files given, and those of folders given, in the order of their names. Raises: UnusableExport."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise UnusableExport(f"{path} is not there.")
        found += sorted(file for file in path.iterdir() if file.is_file()) if path.is_dir() else [path]
    return found


def adapt(
    adapter: Adapter, files: list[Path], *, brand: BrandRef, source: str, options: Options, work: Path, out: Path
) -> tuple[Report, dict[str, Path]]:
    """Write what the adapter makes into `out`, a file a kind; returns the report and the files in the order to load.

    `work` is a folder for what is needed meanwhile. Raises: UnusableExport; nothing is to be loaded then.
    """
    report = Report()
    with closing(Shelf(work)) as shelf, ExitStack() as open_files:
        export = Export(adapter.name, files, adapter.tables, report=report, shelf=shelf, options=options)
        fitting = Fitting(brand, report)
        written: dict[str, BinaryIO] = {}
        for made in adapter.adapt(export):
            values = fitting.fit(made._replace(values={"source": source, **made.values}))
            if values is None:
                continue
            if made.kind not in written:
                written[made.kind] = open_files.enter_context((out / f"{made.kind}.ndjson").open("wb"))
            written[made.kind].write(_line(values))
            report.made[made.kind] += 1
    if not report.read:
        raise UnusableExport(f"No file holds anything that the adapter {adapter.name} reads: {adapter.reads}.")
    return report, {kind: out / f"{kind}.ndjson" for kind in KINDS if kind in written}


def write_report(report: Report, out: Path) -> None:
    """Write the report beside the rows."""
    (out / "report.json").write_text(json.dumps(report.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")


def _line(values: dict[str, Any]) -> bytes:
    return orjson.dumps(values, option=orjson.OPT_APPEND_NEWLINE)
