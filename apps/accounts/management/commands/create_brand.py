from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts.commands import BrandDetails, request_brand
from cxplatform.errors import DomainError
from cxplatform.tenancy.doors import shared_tx


class Command(BaseCommand):
    help = "Request a brand; the worker makes it whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--name", required=True)
        parser.add_argument("--time-zone", required=True, help="IANA name, such as Europe/Berlin")
        parser.add_argument("--locale", default="en")
        parser.add_argument("--currency", default="USD", help="ISO 4217")
        parser.add_argument("--vertical", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        details = BrandDetails(
            **{name: options[name] for name in ("slug", "name", "time_zone", "locale", "currency", "vertical")}
        )
        try:
            with shared_tx():
                brand = request_brand(details=details, now=timezone.now())
        except DomainError as error:
            raise CommandError(f"{error.field or 'brand'}: {error.message}") from error
        self.stdout.write(f"{brand.slug} {brand.id} {brand.status}")
