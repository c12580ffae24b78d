"""The goals of a demo brand, of service and journey at once: for the quarter before the redesign, and the next.

Set as its administrator would have when each quarter began: what is in the trail is dated so.
"""

from datetime import datetime, timedelta
from typing import Final

from apps.accounts.authentication import authenticate
from apps.insights.goals.commands import set_goal
from apps.insights.goals.wanted import Wanted
from apps.insights.models import Goal
from config.demo.story.plans import Plan
from config.demo.story.weeks import GO_LIVE_WEEK, Weeks
from config.demo.telling import told_on
from cxplatform.tenancy.doors import brand_tx

_GROUP: Final = {"en": "Service and journey", "de": "Service und Reise"}
_QUARTER: Final = 13
# A first reply within three hours on the mean; ten points more who would recommend than who would not.
_TARGETS: Final = (("FIRST_RESPONSE_TIME", 10_800.0, None), ("NPS", 10.0, "Customer policy"))


def ensure_goals(plan: Plan, token: str, now: datetime) -> None:
    """Set the goals if there are none, by the key of the brand's administrator."""
    admin, brand = authenticate(f"Bearer {token}")
    assert brand is not None, "an administrator's key is its brand's"
    weeks = Weeks(told_on(brand, now), brand.zone)
    with brand_tx(brand):
        if Goal.objects.exists():
            return
        for first in (GO_LIVE_WEEK - _QUARTER, GO_LIVE_WEEK):
            begins = weeks.week(first)
            ends = begins + timedelta(weeks=_QUARTER)
            for metric, target, department in _TARGETS:
                wanted = Wanted(
                    metric, target, begins.date(), ends.date(), group=_GROUP[plan.locale], department=department
                )
                set_goal(actor=admin, wanted=wanted, now=begins.replace(tzinfo=brand.zone))
