from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.graphql.outreach.answers import (
    ProactiveRuleDryRun,
    ProactiveRuleOutcome,
    shown_dry_run,
    shown_outcome,
)
from apps.insights.graphql.outreach.lists import PROACTIVE_RULE_ORDERS, ProactiveRuleWhere
from apps.insights.graphql.outreach.types import ProactiveRule
from apps.insights.models import ProactiveRule as Row
from apps.insights.outreach.dry_run import MOST, dry_run
from apps.insights.outreach.outcome import outcome_of
from cxplatform.errors import Forbidden, NotFound
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Price
from cxplatform.graphql.roots import query_field

_Rule = Annotated[strawberry.ID, strawberry.argument(description="The proactive rule.")]


@strawberry.type
class ProactiveRuleQueries:
    proactive_rules: Connection[ProactiveRule] | None = root_connection(
        ProactiveRule,
        PROACTIVE_RULE_ORDERS,
        ProactiveRuleWhere,
        description="Who is told what before they have to ask; the newest first.",
    )

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=Price(200),
        description="Whom a proactive rule would take now, and why not the others; it writes nothing. Of one that does"
        f" not run, as if it did. The first {MOST:,} who are in its segment and were never taken are looked at.",
    )
    def proactive_rule_dry_run(self, info: Info, rule: _Rule) -> ProactiveRuleDryRun | None:
        return shown_dry_run(dry_run(_found(info, rule), info.context.now))

    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=Price(100),
        description="What came of a proactive rule: of those told and those held out whose days are over, who made"
        " contact and who left. They were told apart by chance alone, so what differs is the rule's doing.",
    )
    def proactive_rule_outcome(self, info: Info, rule: _Rule) -> ProactiveRuleOutcome | None:
        return shown_outcome(outcome_of(_found(info, rule).pk, info.context.now))


def _found(info: Info, rule: strawberry.ID) -> Row:
    if info.context.rights.only_own_work:
        raise Forbidden("This speaks of all customers.")
    found = Row.objects.filter(pk=key_of(rule, "ProactiveRule", field="rule")).first()
    if found is None:
        raise NotFound("There is no such proactive rule.", field="rule")
    return found
