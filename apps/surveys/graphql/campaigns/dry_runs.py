"""What a dry run of a campaign comes to."""

from datetime import datetime

import strawberry

from apps.customers.graphql.types import Customer
from apps.surveys.campaigns.dry_run import ASKED, DryRun
from apps.surveys.graphql.campaigns.enums import DryRunOutcome
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info


@strawberry.type(description="How often a dry run came to an outcome.")
class DryRunCount:
    outcome: DryRunOutcome = column("What would become of it.")
    count: int = column("How often.")


@strawberry.type(description="What would become of something that happened.")
class DryRunRow:
    happened_at: datetime = column("When it happened.")
    outcome: DryRunOutcome = column("What would become of it.")
    customer: Customer | None = column("Whom it happened to.")


@strawberry.type(description="Whom a campaign would ask now, and why not the others.")
class CampaignDryRun:
    asked: int = column("How many customers would be asked.")
    counts: list[DryRunCount] = column("How often each outcome comes up; those that do not are left out.")
    rows: list[DryRunRow] = column("The first of what happened, the oldest first.")
    complete: bool = column("Whether all that happened was looked at.")


def shown(run: DryRun, first: int, outcome: DryRunOutcome | None, info: Info) -> CampaignDryRun:
    """Return a dry run as it is shown: everything counted, the first of it listed."""
    counts = run.counts
    listed = [each for each in run.foreseen if outcome is None or each.outcome == outcome.name][:first]
    ids = {each.occasion.customer for each in listed}
    rows = Customer.load(Customer.visible(info).filter(pk__in=ids)[: max(len(ids), 1)], info._raw_info)
    customers = {row.pk: row for row in rows}
    return CampaignDryRun(
        asked=counts[ASKED],
        counts=[DryRunCount(outcome=each, count=counts[each.name]) for each in DryRunOutcome if counts[each.name]],
        rows=[
            DryRunRow(
                happened_at=each.occasion.at,
                outcome=DryRunOutcome[each.outcome],
                customer=customers.get(each.occasion.customer),
            )
            for each in listed
        ],
        complete=run.complete,
    )
