from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cxplatform.tenancy import fleet, owner, template
from cxplatform.tenancy.fitness import UnfitDatabase


class Command(BaseCommand):
    help = "Prepare roles and schemas, migrate the shared schema and the template, then every brand that is behind."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            owner.check_logins()
        except UnfitDatabase as error:
            raise CommandError(str(error)) from error
        fleet.migrate_shared()
        template.bring_to_head()
        report = fleet.migrate_brands(self.stdout.write)
        self.stdout.write(
            f"brands migrated: {report.migrated}, already at head: {report.skipped}, failed: {len(report.failed)}"
        )
        if report.failed:
            raise CommandError("Some brands failed; their errors are in shared.tenancy_schema_state.")
