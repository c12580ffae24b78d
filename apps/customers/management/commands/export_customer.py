"""`export_customer <id> --brand <slug>`: all that is held of a customer, a line of JSON for each row."""

import json
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone

from apps.customers.commands.privacy import all_held, note_export
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_access
from cxplatform.errors import DomainError
from cxplatform.graphql.global_ids import key_of
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import brand_by_slug
from cxplatform.tenancy.doors import brand_tx


class Command(BaseCommand):
    help = "Write all that is held of a customer to the standard output, a line of JSON for each row, however many."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("customer", help="the id as the API has it, or the row's UUID")
        parser.add_argument("--brand", required=True, help="the brand's slug")

    def handle(self, *args: Any, **options: Any) -> None:
        brand = brand_by_slug(options["brand"])
        if brand is None:
            raise CommandError(f"There is no brand {options['brand']}.")
        try:
            self._write(brand, _key(options["customer"]))
        except DomainError as error:
            raise CommandError(error.message) from error
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {str(error).strip().splitlines()[0]}") from error

    def _write(self, brand: BrandRef, customer_id: UUID) -> None:
        now, rows = timezone.now(), 0
        record_access(brand, actor=OPERATOR, subject=Subject("Command", label="export_customer"), now=now)
        with brand_tx(brand):
            for rows, held in enumerate(all_held(customer_id), 1):  # noqa: B007  # counted for the trail
                self.stdout.write(json.dumps({"table": held.table, **held.row}, ensure_ascii=False))
            note_export(OPERATOR, customer_id, rows, now)


def _key(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        return key_of(given, "Customer")
