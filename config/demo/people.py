"""Who the customers of a demo brand are beyond the story: segments by rules, what they allowed, one known twice.

It has random streams of its own, and adds nobody: numbers of the story stay as they are.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from apps.accounts.authentication import authenticate
from apps.customers import commands
from apps.customers.models import ConsentRecord, Customer, Segment
from apps.customers.segments.evaluating import evaluate
from config.demo.story.plans import Plan
from config.demo.telling import told_on
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.doors import brand_tx

_SEGMENTS: Final[dict[str, tuple[dict[str, str], dict[str, Any]]]] = {
    "loyal": ({"en": "Loyal", "de": "Treue"}, {"ordered": {"at_least": 3, "within_days": 365}}),
    "restless": (
        {"en": "In touch often", "de": "Häufig in Kontakt"},
        {"contacted": {"at_least": 3, "within_days": 90}},
    ),
    "disappointed": (
        {"en": "Disappointed", "de": "Enttäuscht"},
        {"last_score": {"kind": "NPS", "at_most": 6}, "not": {"segment": ["business"]}},
    ),
}
_ASKED: Final = 300
_REFUSE: Final = 0.15
_QUIET: Final = ("21:00", "08:00")
# The customer that the app knows under an id of its own.
TWICE: Final = "C-00007"


def ensure_people(plan: Plan, token: str, now: datetime) -> None:
    """Make what is missing, by the key of the brand's administrator; all of it or nothing."""
    admin, brand = authenticate(f"Bearer {token}")
    assert brand is not None, "an administrator's key is its brand's"
    with brand_tx(brand, statement_timeout_ms=60_000):
        if Segment.objects.filter(key="loyal").exists():
            return
        for key, (names, rules) in _SEGMENTS.items():
            made = commands.create_segment(actor=admin, key=key, name=names[plan.locale], rules=rules, now=now)
            evaluate(made.pk, now=now)
        told = datetime.combine(told_on(brand, now), datetime.min.time(), brand.zone)
        upsert(kind_named("consents"), list(_consents(plan, told)), now=now)
        for customer in Customer.objects.filter(pk__in=_quiet_ones()):
            commands.set_contact_preferences(
                actor=admin, customer_id=customer.pk, channel="EMAIL", language=None, quiet=_QUIET, now=now
            )
        known = Customer.objects.get(source="import", external_id=TWICE)
        row = {"source": "app", "external_id": "app-1", "email": known.email, "name": known.name}
        (app,) = upsert(kind_named("customers"), [row], now=now)
        assert app.id is not None, "a row of the demo's own is readable"
        commands.merge_customers(actor=admin, survivor_id=known.pk, merged_id=app.id, now=now)


def _consents(plan: Plan, told: datetime) -> Iterator[dict[str, Any]]:
    """Draw what some allowed when they were asked, and what a few took back later."""
    chance = Random(f"{plan.slug} consents")  # noqa: S311  # made-up data
    for number in sorted(chance.sample(range(1, plan.customers + 1), min(_ASKED, plan.customers))):
        at = told - timedelta(days=chance.randint(60, 300), minutes=chance.randint(0, 1_000))
        row = {"customer": f"C-{number:05d}", "said_where": "web form", "text_version": "2025-01"}
        granted = chance.random() >= _REFUSE
        yield {**row, "external_id": f"consent-{number}", "purpose": "OUTREACH", "granted": granted, "at": at}
        if chance.random() < _REFUSE:
            yield {
                **row, "external_id": f"consent-{number}-later", "purpose": "SURVEYS", "channel": "SMS",
                "granted": False, "at": at + timedelta(days=chance.randint(1, 50)), "said_where": "call",
            }  # fmt: skip


def _quiet_ones() -> list[Any]:
    rows = ConsentRecord.objects.filter(said_where="call").order_by("external_id")
    return list(rows.values_list("customer_id", flat=True)[:20])
