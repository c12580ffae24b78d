"""Write the schema's SDL, or check that what is written is still true."""

import difflib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cxplatform.graphql.schema import served_schema


class Command(BaseCommand):
    help = "Write the GraphQL schema to docs/schema.graphql; with --check, fail when it differs."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the file differs")
        parser.add_argument("--output", default=str(settings.BASE_DIR / "docs" / "schema.graphql"))

    def handle(self, *args: Any, **options: Any) -> None:
        path, text = Path(options["output"]), served_schema().as_str() + "\n"
        if not options["check"]:
            path.write_text(text)
            return
        written = path.read_text() if path.exists() else ""
        if written != text:
            lines = written.splitlines(), text.splitlines()
            difference = difflib.unified_diff(*lines, str(path), "served", lineterm="", n=1)
            self.stderr.write("\n".join(list(difference)[:40]))
            raise CommandError(f"{path} differs from the served schema: run manage.py export_graphql_schema")
