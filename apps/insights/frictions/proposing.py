"""Look for what is hard for customers, and propose it to people."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from apps.insights.frictions import counting
from apps.insights.frictions.finding import (
    FAILING,
    HARD,
    REPEATS,
    SLOW,
    Counted,
    Finding,
    clearly_worse,
    find,
    is_systemic,
    severity,
)
from apps.insights.frictions.showing import Badly
from apps.journeys.commands import propose_frictions
from apps.journeys.commands.proposing import Measured, Proposal
from apps.journeys.models import Friction, FrictionCategory, Touchpoint
from apps.metrics.windows import Window, day_of, day_start
from cxplatform.tenancy.doors import current_brand

DAYS: Final = 84
# What each rule's findings are called, and what they are taken for until a person says.
_TITLES: Final = {
    SLOW: "it takes longer than the service level allows",
    FAILING: "more goes badly than is allowed",
    REPEATS: "customers have to come back about it",
    HARD: "customers say that it takes great effort",
}
_CATEGORIES: Final = {
    SLOW: FrictionCategory.PROCESS,
    FAILING: FrictionCategory.PRODUCT,
    REPEATS: FrictionCategory.PROCESS,
    HARD: FrictionCategory.PROCESS,
}


def look_for_frictions(*, now: datetime) -> list[Friction]:
    """Find what is friction in the twelve weeks before the brand's today, and propose it; in the open door.

    Returns what people have not been told of before.
    """
    window = _window(now)
    asked, keys = counting.asked_of(window), counting.touchpoint_keys()
    observed = [
        *counting.of_events(asked, window, keys),
        *counting.of_contacts(window, now=now),
        *counting.of_answers(window, keys),
    ]
    findings = find(observed)
    if not findings:
        return []
    named = {touchpoint.key: touchpoint for touchpoint in Touchpoint.objects.all()}
    proposals = _proposals(findings, named, asked, window, now)
    return propose_frictions(proposals, is_worse=lambda new, old: clearly_worse(Counted(*new), Counted(*old)), now=now)


def _window(now: datetime) -> Window:
    zone = current_brand().zone
    today = day_of(now, zone)
    return Window(day_start(today - timedelta(days=DAYS), zone), day_start(today, zone))


def _proposals(
    findings: list[Finding],
    named: Mapping[str, Touchpoint],
    asked: Mapping[UUID, counting.Asked],
    window: Window,
    now: datetime,
) -> list[Proposal]:
    badly, brought = Badly(asked, window), counting.brought_by(window, now=now)
    active, nothing = badly.active(), counting.Brought(0, 0.0)
    proposals = []
    for each in findings:
        # A number may be of a touchpoint that is called otherwise by now.
        if (touchpoint := named.get(each.touchpoint)) is None:
            continue
        owner, contacts = asked.get(touchpoint.pk), brought.get(each.touchpoint, nothing)
        affected = badly.customers(each.rule, touchpoint.pk)
        measured = Measured(
            since=window.start, until=window.end, bad=each.counted.bad, of=each.counted.of, expected=each.expected,
            systemic=is_systemic(affected, active), contacts=contacts.contacts, handle_seconds=contacts.handle_seconds,
            customers_affected=affected, customers_active=active, department_id=owner.owner if owner else None,
        )  # fmt: skip
        proposals.append(_proposal(each, touchpoint, measured, badly))
    return proposals


def _proposal(finding: Finding, touchpoint: Touchpoint, measured: Measured, badly: Badly) -> Proposal:
    return Proposal(
        touchpoint_id=touchpoint.pk,
        rule=finding.rule,
        title=f"{(touchpoint.name or touchpoint.key)[:100]}: {_TITLES[finding.rule]}",
        category=_CATEGORIES[finding.rule].value,
        severity=severity(finding, systemic=measured.systemic),
        measured=measured,
        evidence=badly.shown(finding.rule, touchpoint.pk),
    )
