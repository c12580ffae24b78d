"""`demo_data`: the demo's brands, people, keys and data, made if they are not there."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.models import Brand
from config.demo.cast import ensure_cast, ensure_whole
from config.demo.choices import read_choices
from config.demo.demo_file import write_demo_file
from config.demo.story.plans import PLANS
from config.demo.telling import ensure_told
from cxplatform.embedded import EmbeddedError
from cxplatform.errors import DomainError


class Command(BaseCommand):
    help = "Make the demo's brands, people, keys and data, and write demo.json; what is there is kept."
    # The checks would build the whole GraphQL schema, which takes longer than all this does when nothing is to do.
    requires_system_checks: list[str] = []  # noqa: RUF012  # as Django declares it

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            choices = read_choices(os.environ)
            self._make(Path(settings.CX_DATA_DIR) / "demo.json", choices.port, choices.live_port)
        except (DomainError, EmbeddedError) as error:
            raise CommandError(str(error)) from error

    def _make(self, demo_file: Path, port: int, live_port: int) -> None:
        now = timezone.now()
        cast = ensure_cast(now)
        for plan in PLANS:
            brand = ensure_whole(plan.slug, now)
            if brand.status != Brand.Status.ACTIVE:
                self.stdout.write(f"  {plan.slug}: {brand.status.lower()}, left as it is")
                continue
            ensure_told(plan, brand, agent=cast.brands[plan.slug]["agent"], now=now, say=self.stdout.write)
        write_demo_file(demo_file, cast, port=port, live_port=live_port, now=now)
