"""`python -m tests.bench.slas`: what it costs to make targets anew after events, on days of 2,000 contacts."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count

from tests.bench.__main__ import servers

CONTACTS, DAYS, ROUNDS = 2_000, 10, 5
FIRST = datetime(2026, 3, 2, tzinfo=UTC)
MIDDAY = CONTACTS // 2
EVENTS = ("QUEUED", "ANSWERED", "HUMAN_REPLIED")
CASES = {
    "an event of one contact": range(MIDDAY, MIDDAY + 1),
    "events of 10 contacts of a day": range(MIDDAY, MIDDAY + 10),
    "events of 10 contacts, each of another day": range(MIDDAY, CONTACTS * DAYS, CONTACTS),
    "events of 1,000 contacts of a day": range(MIDDAY - 500, MIDDAY + 500),
}


def main() -> None:
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}: {CONTACTS:,} contacts on each of {DAYS} days")
    with servers():
        _fill()
        _measure()


def _fill() -> None:
    """Store the contacts with their events, promise what the demo's brands promise, and reckon it once."""
    from django.db import connections

    from apps.interactions.models import Interaction, InteractionEvent
    from apps.interactions.slas.marks import mark_opened_since
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME

    apart = timedelta(days=1) / CONTACTS
    contacts = [
        Interaction(external_id=f"{n}", channel=("PHONE", "EMAIL")[n % 2], opened_at=FIRST + n * apart)
        for n in range(CONTACTS * DAYS)
    ]
    events = (
        InteractionEvent(
            external_id=f"{contact.external_id} {kind}", interaction_external_id=contact.external_id, kind=kind,
            at=contact.opened_at + timedelta(minutes=3 * place),
        )
        for contact in contacts
        for place, kind in enumerate(EVENTS)
    )  # fmt: skip
    with brand_tx(ACME, statement_timeout_ms=60_000):
        _promise()
        Interaction.objects.bulk_create(contacts, batch_size=2_000)
        InteractionEvent.objects.bulk_create(events, batch_size=5_000)
        mark_opened_since(FIRST)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    _renew()


def _promise() -> None:
    from django.utils import timezone

    from apps.accounts.permissions import Role
    from apps.interactions.calendars.written import WeekdayOpening, Written
    from apps.interactions.commands import create_calendar
    from apps.interactions.commands.slas import create_sla_policy
    from config.demo.promises import promises_of_a_demo_brand
    from tests.interactions.working.rows import viewer

    now, admin = timezone.now(), viewer(Role.BRAND_ADMIN)
    hours = Written("UTC", [WeekdayOpening("08:00", "20:00", day) for day in range(1, 6)], (), ())
    calendar = create_calendar(actor=admin, key="hours", name="Hours", written=hours, now=now)
    for key, promise in promises_of_a_demo_brand().items():
        create_sla_policy(
            actor=admin, key=key, name=key, written=promise, calendar_id=calendar.id, now=now,
            effective_from=FIRST - timedelta(days=1),
        )  # fmt: skip


def _measure() -> None:
    from tests.bench.costs import Contender, medians_of

    numbers = count()
    ways = [Contender(_renew, partial(_tell, its, numbers)) for its in CASES.values()]
    for what, cost in zip(CASES, medians_of(ways, rounds=ROUNDS), strict=True):
        print(f"{what}: {1e3 * cost.wall:.0f} ms, CPU {1e3 * cost.python:.0f} + {1e3 * cost.server:.0f} ms", flush=True)


def _renew() -> None:
    from apps.interactions.slas.renewal import renew
    from tests.cluster import ACME

    while renew(ACME):
        pass


def _tell(contacts: Iterable[int], numbers: "count[int]") -> None:
    """Let an agent write to each of these contacts' customers."""
    from django.utils import timezone

    from apps.interactions.commands import NewEvent, append_events
    from apps.interactions.timing.events import EventKind
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME

    number = next(numbers)
    at, kind = FIRST + timedelta(days=DAYS, minutes=number), EventKind.HUMAN_REPLIED
    told = [NewEvent(interaction=("import", f"{n}"), kind=kind, at=at, external_id=f"{n} {number}") for n in contacts]
    with brand_tx(ACME, statement_timeout_ms=60_000):
        append_events(told, now=timezone.now())


if __name__ == "__main__":
    main()
