"""When a demo brand is open, and what it promises: set as its administrator would, for no import brings it."""

from datetime import UTC, datetime
from typing import Final

from apps.accounts.authentication import authenticate
from apps.interactions.calendars.written import WeekdayOpening, Written
from apps.interactions.commands import create_calendar
from apps.interactions.commands.openings import DEFAULT_KEY
from apps.interactions.commands.slas import create_sla_policy
from apps.interactions.models import Calendar, SlaPolicy
from apps.interactions.sla.written import Written as Promise
from apps.interactions.sla.written import WrittenTarget
from apps.interactions.slas.renewal import renew
from config.demo.story.plans import Plan
from cxplatform.tenancy.doors import brand_tx

_SINCE: Final = datetime(2020, 1, 1, tzinfo=UTC)
_HOUR: Final = 3_600


def ensure_promised(plan: Plan, token: str, now: datetime) -> None:
    """Set hours and promises that are not set, by the key of the brand's administrator, and reckon what was kept."""
    admin, brand = authenticate(f"Bearer {token}")
    assert brand is not None, "an administrator's key is its brand's"
    with brand_tx(brand):
        calendar = Calendar.objects.filter(key=DEFAULT_KEY).first()
        if calendar is None:
            name, hours = "Opening hours", _hours(plan)
            calendar = create_calendar(actor=admin, key=DEFAULT_KEY, name=name, written=hours, now=now)
        known = set(SlaPolicy.objects.values_list("key", flat=True))
        for key, promise in promises_of_a_demo_brand().items():
            if key not in known:
                create_sla_policy(
                    actor=admin,
                    key=key,
                    name=key.capitalize(),
                    written=promise,
                    calendar_id=calendar.id,
                    effective_from=_SINCE,
                    now=now,
                )
    while renew(brand):
        pass


def _hours(plan: Plan) -> Written:
    week = [WeekdayOpening("08:00", "20:00", day) for day in range(1, 6)]
    return Written(plan.time_zone, [*week, WeekdayOpening("09:00", "17:00", 6)], (plan.countries[0][0],), ())


def promises_of_a_demo_brand() -> dict[str, Promise]:
    """Calls are answered by the clock, mail in open time; chats, which are answered at once or not, by none."""
    call = WrittenTarget("FIRST_REPLY", business=False, seconds=_by_priority(60))
    reply = WrittenTarget("FIRST_REPLY", business=True, seconds=_by_priority(4 * _HOUR))
    resolution = WrittenTarget("TOTAL_RESOLUTION", business=True, seconds=_by_priority(24 * _HOUR))
    return {
        "calls": Promise(10, [call], ["PHONE"]),
        "mail": Promise(20, [reply, resolution], ["EMAIL", "MESSAGING", "SOCIAL"]),
    }


def _by_priority(seconds: int) -> dict[str, int]:
    """Allow what is urgent half of the time, and what can wait twice of it."""
    return {"LOW": 2 * seconds, "NORMAL": seconds, "HIGH": seconds, "URGENT": seconds // 2}
