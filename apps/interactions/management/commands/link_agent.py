from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.accounts import selectors
from apps.accounts.commands.members import brands_of
from apps.interactions.commands import link_agent
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_access
from cxplatform.errors import DomainError, Forbidden
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import brand_by_id
from cxplatform.tenancy.doors import brand_tx, shared_tx


class Command(BaseCommand):
    help = "Say which agent of a brand a member is; the agent is made if unknown."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("brand", help="slug")
        parser.add_argument("agent", help="the agent's key")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            member_id, brand = _found(options["email"], options["brand"])
            now = timezone.now()
            record_access(brand, actor=OPERATOR, subject=Subject("Command", label="link_agent"), now=now)
            with brand_tx(brand):
                link_agent(member_id=member_id, key=options["agent"], now=now)
        except DomainError as error:
            raise CommandError(f"{error.field or 'agent'}: {error.message}") from error
        self.stdout.write(f"{options['email']} is {options['agent']} in {brand.slug}")


def _found(email: str, slug: str) -> tuple[Any, BrandRef]:
    """Return the member's id and the brand, in which it must work. Raises: NotFound; Forbidden."""
    with shared_tx():
        member, row = selectors.member_addressed(email), selectors.brand_named(slug)
        if row.id not in brands_of(member):
            raise Forbidden(f"{email} may not work in {slug}; grant it first.", field="brand")
    brand = brand_by_id(row.id)
    assert brand is not None
    return member.id, brand
