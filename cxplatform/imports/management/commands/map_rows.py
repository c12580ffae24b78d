"""`map_rows <mapping.toml> <export>`: turn an export into the CSV that an import kind takes."""

import gzip
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from cxplatform.imports.mapping.exports import open_export
from cxplatform.imports.mapping.fitting import check_fit
from cxplatform.imports.mapping.mapping import format_of, read_mapping
from cxplatform.imports.mapping.problems import MappingError
from cxplatform.imports.mapping.run import Outcome, map_export


class Command(BaseCommand):
    help = "Turn any CSV or NDJSON export into the columns of an import kind, as a mapping file says."
    # It touches no database and no settings that a check would look at.
    requires_system_checks: list[str] = []  # noqa: RUF012  # as Django declares it

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mapping", type=Path, help="the mapping (TOML), see docs/mappings.md")
        parser.add_argument("export", type=Path, help="the export, gzipped or not")
        parser.add_argument("-o", "--out", type=Path, help="the CSV to write (gzipped if named .gz); default: stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["mapping"]
        try:
            mapping = read_mapping(path)
            check_fit(mapping)
            with open_export(options["export"]) as export, _open_out(options["out"]) as out:
                outcome = map_export(mapping, format_of(mapping, options["export"].name), export, out)
        except MappingError as error:
            raise CommandError(f"{path.name}: {error}") from None
        except OSError as error:
            raise CommandError(str(error)) from None
        self._report(outcome)

    def _report(self, outcome: Outcome) -> None:
        for line, problem in outcome.problems:
            self.stderr.write(f"line {line}: {problem}")
        if outcome.failed > len(outcome.problems):
            self.stderr.write(f"… and {outcome.failed - len(outcome.problems):,} more")
        self.stderr.write(
            f"{outcome.written:,} rows written, {outcome.skipped:,} left out by the mapping's conditions, "
            f"{outcome.failed:,} could not be mapped"
        )
        if outcome.failed:
            raise CommandError("Some rows could not be mapped; the others are written.")


@contextmanager
def _open_out(path: Path | None) -> Iterator[TextIO]:
    """Bytes of the export that are not UTF-8 are written as they came: the import rejects just that line."""
    if path is None:
        yield sys.stdout
        return
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8", errors="surrogateescape", newline="") as out:
        yield out
