"""Verify trails: every row hashes to what it says, follows on the one before, and no anchored row is missing."""

import time
from argparse import ArgumentParser
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cxplatform.audit.anchors import anchors_of
from cxplatform.audit.links import Head
from cxplatform.audit.reading import links_of
from cxplatform.audit.verification import Walk
from cxplatform.tenancy.brand import SHARED_SCHEMA, BrandRef
from cxplatform.tenancy.directory import brand_by_slug, made_brands  # noqa: TID251  # a tool of the fleet


class Command(BaseCommand):
    help = (
        "Verify audit trails and print their heads, a line each: schema, last row, its hash. Exit status 1 when a row "
        "was edited, deleted, reordered or cut off. Keep the heads elsewhere and give them back with --heads."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--brand", help="slug of the brand whose trail is verified")
        which.add_argument("--all", action="store_true", help="the provider's trail and every brand's")
        parser.add_argument("--heads", type=Path, help="a file with heads that this command printed earlier")

    def handle(self, *args: Any, **options: Any) -> None:
        kept = _kept(options["heads"]) if options["heads"] else {}
        wrong = sum(self._verify(brand, kept) for brand in _chosen(options))
        if wrong:
            raise CommandError(f"{wrong} findings")

    def _verify(self, brand: BrandRef | None, kept: dict[str, list[Head]]) -> int:
        schema = brand.schema if brand else SHARED_SCHEMA
        name = brand.slug if brand else "provider"
        known: Iterable[Head] = anchors_of(schema) if brand else ()
        walk = Walk(schema, sorted(chain(known, kept.get(schema, ())), key=lambda head: head.sequence))
        began, wrong = time.monotonic(), 0
        for finding in walk.findings(links_of(brand)):
            wrong += 1
            self.stderr.write(f"{name}: {finding}")
        rate = walk.head.sequence / max(time.monotonic() - began, 1e-9)
        self.stdout.write(f"{schema} {walk.head.sequence} {walk.head.hash}")
        self.stderr.write(f"{name}: {walk.head.sequence:,} rows, {wrong} findings ({rate:,.0f} rows/s)")
        return wrong


def _chosen(options: dict[str, Any]) -> list[BrandRef | None]:
    """List whose trails to walk; None is the provider's, and the choice where nothing is said."""
    if options["brand"]:
        brand = brand_by_slug(options["brand"])
        if brand is None:
            raise CommandError(f"There is no brand {options['brand']!r}.")
        return [brand]
    return [None, *made_brands()] if options["all"] else [None]


def _kept(path: Path) -> dict[str, list[Head]]:
    kept: dict[str, list[Head]] = {}
    try:
        for line in path.read_text().splitlines():
            schema, sequence, digest = line.split()
            kept.setdefault(schema, []).append(Head(int(sequence), digest))
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} holds no heads that this command printed: {error}") from error
    return kept
