"""Rows of any import kind from any CSV or NDJSON export, as a mapping file says."""

from collections.abc import Iterator
from pathlib import Path

from apps.interactions.adapters.adapter import Adapter, Made
from apps.interactions.adapters.export import Export
from apps.interactions.adapters.tables import UnusableExport
from cxplatform.imports.mapping.exports import open_export
from cxplatform.imports.mapping.fitting import check_fit
from cxplatform.imports.mapping.mapping import Mapping, format_of, read_mapping
from cxplatform.imports.mapping.problems import MappingError, RowError
from cxplatform.imports.mapping.run import mapped_rows


def adapt(export: Export) -> Iterator[Made]:
    """Map every file given. Raises: UnusableExport."""
    path = export.options.mapping
    if path is None:
        raise UnusableExport("Say by which mapping file: --mapping; docs/mappings.md tells how to write one.")
    try:
        mapping = read_mapping(path)
        check_fit(mapping)
        for file in export.files:
            yield from _rows(export, mapping, file)
    except (MappingError, OSError) as error:
        raise UnusableExport(f"{path.name}: {error}") from error


def _rows(export: Export, mapping: Mapping, file: Path) -> Iterator[Made]:
    names = [column.name for column in mapping.columns]
    with open_export(file) as opened:
        for line, cells in mapped_rows(mapping, format_of(mapping, file.name), opened):
            place = f"{file.name} line {line:,}"
            export.report.see("row", iter(()))
            if cells is None:
                export.report.lose("row", "", "left out by the mapping's conditions", place)
            elif isinstance(cells, RowError):
                export.report.lose("row", "", f"{cells}: the row is left out", place)
            else:
                yield Made(mapping.kind, dict(zip(names, cells, strict=True)), place)


MAPPED = Adapter(name="mapped", reads="any CSV or NDJSON file, by --mapping", tables=(), adapt=adapt)
