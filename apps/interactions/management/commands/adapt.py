"""`adapt <vendor> <files or folder> --brand <slug>`: load what a vendor exports."""

import codecs
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from apps.interactions.adapters.export import Options
from apps.interactions.adapters.registry import ADAPTERS
from apps.interactions.adapters.run import adapt, files_in, write_report
from apps.interactions.adapters.tables import UnusableExport
from apps.interactions.models import Channel
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import ACTIVE, brand_by_slug


class Command(BaseCommand):
    help = (
        "Load a vendor's export into a brand, telling what could not be mapped; with --out, only write what it makes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("vendor", choices=sorted(ADAPTERS))
        parser.add_argument("paths", type=Path, nargs="+", metavar="path", help="files, gzipped or not, and folders")
        parser.add_argument("--brand", required=True, help="the brand's slug")
        parser.add_argument("--out", type=Path, help="a folder for the files and the report; nothing is loaded")
        parser.add_argument("--source", help="the source of the rows (the vendor's name), one an account of the vendor")
        parser.add_argument("--mapping", type=Path, help="the mapping file, for the vendor `mapped`")
        parser.add_argument("--encoding", default="utf-8-sig", help="of the files (UTF-8, and UTF-16 with its mark)")
        parser.add_argument(
            "--channel", choices=Channel.values, help="of contacts whose way in the vendor names as we do not know"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._adapt(options)
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error
        except (UnusableExport, OSError) as error:
            raise CommandError(str(error)) from error

    def _adapt(self, options: dict[str, Any]) -> None:
        brand = brand_by_slug(options["brand"])
        if brand is None or brand.status != ACTIVE:
            raise CommandError(f"There is no active brand {options['brand']!r}.")
        with tempfile.TemporaryDirectory(prefix="adapt-") as work:
            out: Path = options["out"] or Path(work)
            out.mkdir(parents=True, exist_ok=True)
            made = self._make(options, brand, Path(work), out)
            if options["out"]:
                self.stdout.write(f"written to {out}")
                return
            for kind, path in made.items():
                self.stdout.write(f"{kind}:")
                call_command("import_rows", kind, str(path), brand=brand.slug, stdout=self.stdout, stderr=self.stderr)

    def _make(self, options: dict[str, Any], brand: BrandRef, work: Path, out: Path) -> dict[str, Path]:
        adapter = ADAPTERS[options["vendor"]]
        try:
            codecs.lookup(options["encoding"])
        except LookupError as error:
            raise CommandError(f"--encoding: {error}") from error
        chosen = Options(options["encoding"], options["mapping"], options["channel"])
        report, made = adapt(
            adapter,
            files_in(options["paths"]),
            brand=brand,
            source=options["source"] or adapter.name,
            options=chosen,
            work=work,
            out=out,
        )
        if options["out"]:
            write_report(report, out)
        for line in report.lines():
            self.stdout.write(line)
        return made
