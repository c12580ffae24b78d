from typing import Any, ClassVar, NoReturn

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoCommand


class Command(DjangoCommand):
    """Stand before django-tenants' command of this name: run as the application it would record and make nothing."""

    help = "Not used here: run migrate_fleet."
    requires_system_checks: ClassVar[list[str]] = []  # type: ignore[misc]  # the stubs know no ClassVar here

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        raise CommandError("Run `python manage.py migrate_fleet`: it migrates the shared schema and every brand.")
