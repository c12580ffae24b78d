from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts import commands, selectors
from cxplatform.errors import DomainError
from cxplatform.tenancy.doors import shared_tx


class Command(BaseCommand):
    help = "Let one of the provider's people work in a brand."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("brand", help="slug")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with shared_tx():
                member = selectors.member_addressed(options["email"])
                brand = selectors.brand_named(options["brand"])
                commands.grant_brand(member=member, brand=brand, now=timezone.now())
        except DomainError as error:
            raise CommandError(f"{error.field or 'grant'}: {error.message}") from error
        self.stdout.write(f"{member.email} may work in {brand.slug}")
