from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cxplatform.imports.docs import page_with_kinds


class Command(BaseCommand):
    help = "Write the kinds and columns into docs/imports.md; with --check, only tell whether they are out of date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when they are out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "imports.md"
        page = path.read_text(encoding="utf-8")
        made = page_with_kinds(page)
        if not options["check"]:
            path.write_text(made, encoding="utf-8")
        elif made != page:
            raise CommandError("docs/imports.md is out of date: run python manage.py import_docs")
