"""Take the next customers of a rule: decide, write it down and tell the brand's sender, all in one transaction.

Nobody is asked twice: whoever was taken has a row, written with the event in the door that decided. The rule is locked
meanwhile, so of two workers one waits and finds them taken.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from apps.customers.locking import lock_customers
from apps.insights.outreach.drawing import LATER, Drawn, Fate
from apps.insights.outreach.models import Arm, Outreach, ProactiveRule, RuleState
from apps.insights.outreach.reaching import drawn, waiting
from apps.insights.outreach.telling import somebody_listens, told_due
from cxplatform.faults import reached

FIRST: Final = UUID(int=0)
AT_ONCE: Final = 500


def take(rule_id: UUID, *, now: datetime, after: UUID = FIRST, most: int = AT_ONCE) -> UUID | None:
    """Take so many customers after an id, in the open door; return the id to go on after, None for the end.

    A rule that is not approved takes nobody, nor does one while no endpoint is told: a message that nobody sends
    would count as one that did nothing.
    """
    rules = ProactiveRule.objects.select_for_update(no_key=True)
    rule = rules.filter(pk=rule_id, state=RuleState.APPROVED).first()
    if rule is None or not somebody_listens():
        return None
    found = waiting(rule, after=after, most=most)
    # Under the lock nobody is merged or erased; who was meanwhile, or was taken, is not there any more.
    still = waiting(rule, after=after, most=most, among=lock_customers(found))
    decided = drawn(rule, still, now)
    _write(rule, decided, now)
    reached("outreach-taken")
    is_full = any(each.fate is Fate.DAY_IS_FULL for each in decided)
    return found[-1] if len(found) == most and not is_full else None


def _write(rule: ProactiveRule, decided: list[Drawn], now: datetime) -> None:
    until = now + timedelta(days=rule.effect_days)
    rows = [
        Outreach(
            rule=rule, customer_id=each.customer, drawn_as=each.customer, arm=each.fate.value, why=each.why,
            taken_at=now, until=until,
        )
        for each in decided
        if each.fate not in LATER
    ]  # fmt: skip
    Outreach.objects.bulk_create(rows)
    reached("outreach-written")
    told_due(rule, [row for row in rows if row.arm == Arm.TREATED], now)
