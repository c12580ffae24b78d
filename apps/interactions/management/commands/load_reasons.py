"""`load_reasons <file> --brand <slug>`: a starting tree of reasons."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from apps.interactions.commands.reason_trees import load_paths
from apps.interactions.reasons.starting_tree import paths_of
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_access
from cxplatform.errors import BadInput
from cxplatform.tenancy.directory import ACTIVE, brand_by_slug
from cxplatform.tenancy.doors import brand_tx

_MOST_BYTES: Final = 8 * 1024 * 1024


class Command(BaseCommand):
    help = "Make the reasons of a starting tree (JSON: intents.flows, intents.subflows) that a brand does not have yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--brand", required=True, help="the brand's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._load(options["file"], options["brand"])
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error

    def _load(self, path: Path, slug: str) -> None:
        brand = brand_by_slug(slug)
        if brand is None or brand.status != ACTIVE:
            raise CommandError(f"There is no active brand {slug!r}.")
        paths, now = _paths(path), timezone.now()
        record_access(brand, actor=OPERATOR, subject=Subject("Command", label="load_reasons"), now=now)
        with brand_tx(brand):
            loaded = load_paths(actor=OPERATOR, paths=paths, now=now)
        self.stdout.write(f"{loaded.made:,} reasons made, {loaded.known:,} were there already")


def _paths(path: Path) -> list[str]:
    try:
        with path.open("rb") as file:
            text = file.read(_MOST_BYTES + 1)
        if len(text) > _MOST_BYTES:
            raise CommandError(f"{path.name} is larger than {_MOST_BYTES:,} bytes.")
        return paths_of(json.loads(text))
    except (OSError, ValueError, RecursionError, BadInput) as error:
        raise CommandError(f"{path.name}: {error}") from error
