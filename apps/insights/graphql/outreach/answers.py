"""What a dry run of a proactive rule comes to, and what came of one that ran."""

import strawberry

from apps.customers.graphql.consents.enums import ContactReason
from apps.insights.graphql.experience.types import CustomerShare
from apps.insights.graphql.outreach.enums import OutreachFate, OutreachUnknown, OutreachVerdict
from apps.insights.outreach.dry_run import DryRun
from apps.insights.outreach.judging import Effect
from apps.insights.outreach.outcome import Outcome
from apps.metrics.graphql.types import Interval
from cxplatform.graphql.columns import column


@strawberry.type(description="How many customers would come to a fate.")
class OutreachFateCount:
    fate: OutreachFate = column("Which.")
    count: int = column("How many.")


@strawberry.type(description="How many customers may not be contacted for a reason.")
class OutreachReasonCount:
    reason: ContactReason = column("Why.")
    count: int = column("How many.")


@strawberry.type(description="Whom a proactive rule would take now, and why not the others.")
class ProactiveRuleDryRun:
    taken: int = column("How many would be taken into either group.")
    counts: list[OutreachFateCount] = column("How many come to each fate; those nobody comes to are left out.")
    suppressed: list[OutreachReasonCount] = column("Of those suppressed, how many for which reason.")
    complete: bool = column("Whether all who are in the segment and were never taken were looked at.")
    heard: bool = column("Whether an active webhook endpoint asks for outreach.due; nobody is taken otherwise.")


@strawberry.type(description="Whether fewer of those told did something than of those held out.")
class OutreachEffect:
    verdict: OutreachVerdict = column("What is known.")
    reason: OutreachUnknown | None = column("Why nothing is; null where something is.")
    treated: CustomerShare = column("Of those told, how many did it.")
    held_out: CustomerShare = column("Of those held out, how many did it.")
    prevented: float | None = column("The share of those held out less that of those told; null where not known.")
    interval: Interval | None = column("Its 95 % interval.")
    p_value: float | None = column("How likely so large a difference is by chance.")
    prevented_customers: float | None = column("How many of those told that is; below 0, it is more who did it.")


@strawberry.type(description="What came of a proactive rule: those told against those held out whose days are over.")
class ProactiveRuleOutcome:
    contacted: OutreachEffect = column("Who made contact within the days: prevented contacts.")
    churned: OutreachEffect = column("Who left within them.")
    unfinished: int = column("How many of both groups have days left; they are not in it yet.")
    mixed: int = column("How many were merged out of both groups, and are in neither.")


def shown_dry_run(run: DryRun) -> ProactiveRuleDryRun:
    counts = {each: run.fates[each.name] for each in OutreachFate}  # type: ignore[index]  # a StrEnum is its name
    return ProactiveRuleDryRun(
        taken=counts[OutreachFate.TREATED] + counts[OutreachFate.HELD_OUT],
        counts=[OutreachFateCount(fate=each, count=count) for each, count in counts.items() if count],
        suppressed=[
            OutreachReasonCount(reason=each, count=run.whys[each.name]) for each in ContactReason if run.whys[each.name]
        ],
        complete=run.complete,
        heard=run.heard,
    )


def shown_outcome(outcome: Outcome) -> ProactiveRuleOutcome:
    return ProactiveRuleOutcome(
        contacted=_effect(outcome.contacted),
        churned=_effect(outcome.churned),
        unfinished=outcome.unfinished,
        mixed=outcome.mixed,
    )


def _effect(effect: Effect) -> OutreachEffect:
    unknown = effect.unknown
    return OutreachEffect(
        verdict=OutreachVerdict[effect.verdict.name],
        reason=OutreachUnknown[unknown.name] if unknown else None,
        treated=effect.treated,  # type: ignore[arg-type]  # a value, shown as the type
        held_out=effect.held_out,  # type: ignore[arg-type]  # as above
        prevented=effect.prevented,
        interval=effect.interval,  # type: ignore[arg-type]  # as above
        p_value=effect.p_value,
        prevented_customers=effect.prevented_customers,
    )
