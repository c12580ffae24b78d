"""Whom a rule would take, and whether they may be contacted. Reads only, in the open door."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from uuid import UUID

from django.db.models import Exists, OuterRef

from apps.customers.consents.asking import may_contact
from apps.customers.models import ContactPurpose, SegmentMember
from apps.insights.outreach.drawing import Drawn, draw
from apps.insights.outreach.models import Arm, Outreach, ProactiveRule
from cxplatform.imports.reserved import ERASED
from cxplatform.privacy.models import UNFINISHED, Erasure
from cxplatform.tenancy.doors import current_brand


def waiting(rule: ProactiveRule, *, after: UUID, most: int, among: Collection[UUID] | None = None) -> list[UUID]:
    """Return customers after an id who are in the rule's segment and were never taken by it, in the order of ids."""
    taken = Outreach.objects.filter(rule=rule)
    members = SegmentMember.objects.filter(
        ~Exists(taken.filter(customer=OuterRef("customer_id"))),
        # Who was split off again after being drawn is drawn no second time.
        ~Exists(taken.filter(drawn_as=OuterRef("customer_id"))),
        ~Exists(Erasure.objects.filter(subject_id=OuterRef("customer_id"), state__in=UNFINISHED)),
        segment=rule.segment_id,
        customer__gt=after,
        customer__merged_into__isnull=True,
    ).exclude(customer__external_id__startswith=ERASED)
    if among is not None:
        members = members.filter(customer__in=among)
    return list(members.order_by("customer_id").values_list("customer_id", flat=True)[:most])


def drawn(rule: ProactiveRule, customers: Sequence[UUID], now: datetime) -> list[Drawn]:
    """Decide upon these in turn, by what they said of being contacted and by how many were told today."""
    decisions = may_contact(customers, ContactPurpose.OUTREACH, rule.channel, now)
    left = rule.most_a_day - told_today(rule, now)
    return list(draw(rule.pk, rule.hold_out, customers, decisions, left))


def told_today(rule: ProactiveRule, now: datetime) -> int:
    zone = current_brand().zone
    today = datetime.combine(now.astimezone(zone).date(), time.min, zone)
    return Outreach.objects.filter(rule=rule, arm=Arm.TREATED, taken_at__gte=today).count()
