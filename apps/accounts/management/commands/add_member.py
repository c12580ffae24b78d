from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts import commands, selectors
from apps.accounts.permissions import Role
from cxplatform.errors import DomainError
from cxplatform.tenancy.doors import shared_tx


class Command(BaseCommand):
    help = "Add a person and print an API key for it, this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=[role.value for role in Role])
        parser.add_argument("--brand", help="slug of the brand it belongs to; none for the provider's people")
        parser.add_argument("--grant", action="append", default=[], help="slug of a brand it may work in; repeatable")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            with shared_tx():
                home = selectors.brand_named(options["brand"]) if options["brand"] else None
                member = commands.add_member(
                    email=options["email"],
                    name=options["name"],
                    role=Role(options["role"]),
                    brand=home,
                    grants=tuple(selectors.brand_named(slug) for slug in options["grant"]),
                    now=now,
                )
                _, token = commands.issue_key(member=member, name="first key", now=now)
        except DomainError as error:
            raise CommandError(f"{error.field or 'member'}: {error.message}") from error
        self.stdout.write(f"{member.email} {member.role} {token}")
