"""Make all rollups of a brand anew, from its rows."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from apps.metrics.recompute import rebuild, recompute
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_access
from cxplatform.tenancy.directory import brand_by_slug


class Command(BaseCommand):
    help = "Make all rollups of a brand anew from its rows; numbers stay right meanwhile. May be run again"
    " any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--brand", required=True, help="the brand's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = brand_by_slug(options["brand"])
        if brand is None:
            raise CommandError(f"There is no brand {options['brand']}.")
        subject = Subject("Command", label="rebuild_metrics")
        record_access(brand, actor=OPERATOR, subject=subject, now=timezone.now())
        rebuild(brand)
        batches = 1
        while recompute(brand, now=timezone.now()):
            batches += 1
            self.stdout.write(f"{brand.slug}: batch {batches}")
        self.stdout.write(f"{brand.slug}: rollups made anew in {batches} batches")
