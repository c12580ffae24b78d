"""Any rules find the customers that the plain model finds; and stays are what membership was from time to time."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from apps.customers.models import Customer, Order
from apps.customers.segments.asked import Asked
from apps.customers.segments.conditions import matching
from apps.customers.segments.rules import checked
from apps.interactions.models import Interaction
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.plans import joined_by_hash
from tests.customers.plain_segments import Person, holds
from tests.interactions.cases.stored import NOW

DAYS = [0, 1, 5, 29.5, 30, 30.5, 89, 365]
VALUES: list[Any] = ["gold", "5", 5, 7.5, True, False, None, ["gold"], {"gold": 5}]


def drawn(chance: Random) -> Person:
    def moments(most: int) -> list[Any]:
        return [NOW - timedelta(days=chance.choice([-2, *DAYS])) for _ in range(chance.randint(0, most))]

    known = {key: chance.choice(VALUES) for key in ("tier", "it's %s") if chance.random() < 0.6}
    return Person(
        country=chance.choice([None, "DE", "US"]),
        language=chance.choice([None, "de", "en"]),
        segment=chance.choice([None, "vip"]),
        joined_at=chance.choice([None, *(NOW - timedelta(days=days) for days in DAYS)]),
        attributes=known or None,
        bought=[(at, float(chance.choice([10, 50]))) for at in moments(3)],
        refunded=[(at, 20.0) for at in moments(1)],
        contacts=moments(3),
        scores=list({at: (at, chance.randint(0, 10)) for at in moments(2)}.values()),
    )


def store(person: Person, number: int, survey: Survey) -> None:
    name = str(number)
    who = Customer.objects.create(
        external_id=name, country=person.country, language=person.language, segment=person.segment,
        joined_at=person.joined_at, attributes=person.attributes,
    )  # fmt: skip
    for kind, rows in (("PURCHASE", person.bought), ("REFUND", person.refunded)):
        for place, (at, amount) in enumerate(rows):
            Order.objects.create(
                external_id=f"{name} {kind} {place}", customer=who, ordered_at=at, amount=amount, currency="USD",
                kind=kind,
            )  # fmt: skip
    for place, at in enumerate(person.contacts):
        Interaction.objects.create(external_id=f"{name} {place}", customer=who, channel="PHONE", opened_at=at)
    for place, (at, score) in enumerate(person.scores):
        SurveyResponse.objects.create(
            external_id=f"{name} {place}", customer=who, survey=survey, kind="NPS", score=score, answered_at=at
        )


def rule(chance: Random, deeper: int = 3) -> dict[str, Any]:
    """Draw one or two conditions, of rules in rules too."""
    days = {"within_days": chance.choice([1, 30, 90])} if chance.random() < 0.6 else {}
    number = chance.choice([{"at_least": chance.randint(0, 3)}, {"at_most": chance.randint(0, 2)}])
    amount = chance.choice([{"at_least": chance.choice([-20, 0, 40])}, {"below": chance.choice([-10, 0, 60])}])
    said = {
        "country": chance.choice([["DE"], ["DE", "US"]]),
        "language": ["en"],
        "segment": ["vip"],
        "attribute": {"key": chance.choice(["tier", "it's %s"]), **chance.choice([
            {"exists": True}, {"exists": False}, {"one_of": ["gold", 5, True]}, {"at_least": 5}, {"below": 7},
        ])},
        "joined": chance.choice([{"at_least_days_ago": 30}, {"at_most_days_ago": 30}]),
        "ordered": {**number, **days}, "contacted": {**number, **days}, "spent": {**amount, **days},
        "last_score": {"kind": "NPS", **chance.choice([{"at_least": 9}, {"at_most": 6}]), **days},
    }  # fmt: skip
    if deeper:
        said["all"] = [rule(chance, deeper - 1) for _ in range(2)]
        said["any"] = [rule(chance, deeper - 1) for _ in range(2)]
        said["not"] = rule(chance, deeper - 1)
        names = chance.choice([["all"], ["any"], ["not"], chance.sample(sorted(said), 2)])
        return {name: said[name] for name in names}
    name = chance.choice(sorted(said))
    return {name: said[name]}


@pytest.mark.django_db
def test_any_rules_find_whom_the_plain_model_finds(acme: BrandRef) -> None:
    chance = Random(5)
    people = {str(number): drawn(chance) for number in range(40)}
    # Whatever the database knows of the tables: statistics that other tests left would have it join row by row.
    with brand_tx(acme, statement_timeout_ms=60_000), joined_by_hash():
        survey = Survey.objects.create(key="nps", kind="NPS", scope="RELATIONAL")
        for number, person in enumerate(people.values()):
            store(person, number, survey)
        found_some = 0
        for _ in range(120):
            rules = checked(rule(chance))
            expected = {name for name, person in people.items() if holds(rules, person, NOW)}
            assert set(matching(rules, Asked(NOW)).values_list("external_id", flat=True)) == expected, rules
            found_some += 0 < len(expected) < len(people)

    assert found_some > 50
