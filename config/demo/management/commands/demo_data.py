"""`demo_data`: the demo's brands, people, keys and data, made if they are not there."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo.choices import read_choices
from config.demo.making import make_demo
from config.demo.story.plans import PLANS, a_twentieth
from cxplatform.embedded import EmbeddedError
from cxplatform.errors import DomainError


class Command(BaseCommand):
    help = "Make the demo's brands, people, keys and data, and write demo.json; what is there is kept."
    # The checks would build the whole GraphQL schema, which takes longer than all this does when nothing is to do.
    requires_system_checks: list[str] = []  # noqa: RUF012  # as Django declares it

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            choices = read_choices(os.environ)
            make_demo(
                tuple(map(a_twentieth, PLANS)) if choices.small else PLANS,
                Path(settings.CX_DATA_DIR) / "demo.json",
                port=choices.port,
                live_port=choices.live_port,
                now=timezone.now(),
                say=self.stdout.write,
            )
        except (DomainError, EmbeddedError) as error:
            raise CommandError(str(error)) from error
