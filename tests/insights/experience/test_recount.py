"""What SQL makes of brands drawn at random is what plain Python makes of them."""

import math
from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from apps.insights.experience import people
from apps.insights.experience.asking import Asked
from apps.insights.experience.quality import Quadrant
from apps.interactions.models import Interaction
from apps.journeys.models import TouchpointEvent
from apps.surveys.models import SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.insights.experience.brand import MARCH, NOW, START, Brand, Person, told
from tests.insights.experience.plain import Thing, placed

pytestmark = pytest.mark.django_db
PLACES = ("site", "checkout", "delivery")
OUTCOMES = {"SMOOTH": 1.0, "FRICTION": 0.0, "FAILED": -1.0}


class Drawn:
    """Draws what happens to customers, tells it to the brand, and keeps it as plain things."""

    def __init__(self, brand: Brand, seed: int) -> None:
        self.brand, self.chance = brand, Random(seed)
        self.things: list[Thing] = []

    def customer(self, name: str) -> None:
        person = self.brand.customer(name)
        for _ in range(self.chance.randrange(7)):
            self.chance.choice((self._answer, self._event, self._call))(person, name)

    def _answer(self, person: Person, name: str) -> None:
        kind, low, high = self.chance.choice((("CSAT", 1, 5), ("NPS", 0, 10), ("CES_7", 1, 7), ("CES_5", 1, 5)))
        score, (place, day) = self.chance.randint(low, high), self._where()
        at = self._at(day)
        self.brand.add(
            SurveyResponse, survey=self.brand.survey(kind), kind=kind, score=score, answered_at=at,
            customer=person.row, touchpoint=self.brand.touchpoint(place),
        )  # fmt: skip
        self._keep(name, kind, place, day, -score if kind == "CES_5" else score)

    def _event(self, person: Person, name: str) -> None:
        outcome, kept = self.chance.choice(list(OUTCOMES)), self.chance.choice((None, True, False))
        place, day = self._where()
        self.brand.add(
            TouchpointEvent, customer=person.row, touchpoint=self.brand.touchpoint(place), occurred_at=self._at(day),
            outcome=outcome, promise_kept=kept,
        )  # fmt: skip
        self._keep(name, "OUTCOME", place, day, OUTCOMES[outcome])
        if kept is not None:
            self._keep(name, "PROMISE", place, day, float(kept))

    def _call(self, person: Person, name: str) -> None:
        """Call on a reason of its own, so that every contact is a first one that needed no other."""
        channel, seconds = self.chance.choice(("PHONE", "CHAT")), self.chance.randint(1, 900)
        place, day = self._where()
        self.brand.add(
            Interaction, channel=channel, opened_at=self._at(day), customer=person.row, answered=True,
            wait_seconds=seconds, touchpoint=self.brand.touchpoint(place),
            reason=self.brand.reason(f"reason-{len(self.things)}"),
        )  # fmt: skip
        self._keep(name, f"FRT:{channel}", place, day, -math.log(1 + seconds))
        self._keep(name, "FCR", place, day, 1.0)

    def _where(self) -> tuple[str, int]:
        return self.chance.choice(PLACES), self.chance.randrange(3)

    def _at(self, day: int) -> datetime:
        return START + timedelta(days=day, minutes=self.chance.randrange(300))

    def _keep(self, name: str, scale: str, place: str, day: int, value: float) -> None:
        self.things.append(Thing(name, scale, place, day, value))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_customer_stands_where_plain_python_puts_it(seed: int, acme: BrandRef) -> None:
    with told(acme) as brand:
        drawn = Drawn(brand, seed)
        for number in range(40):
            drawn.customer(f"c-{number}")
    expected = placed(drawn.things)
    asked = Asked(MARCH, NOW)

    with brand_tx(acme):
        counts = {each.quadrant: (each.customers, each.sure) for each in people.summary(asked).quadrants}
        found = [
            (each, quadrant)
            for quadrant in Quadrant
            for each in people.standings(asked, quadrant, sure=False, after=None, limit=100)
        ]

    every = Counter(quadrant for quadrant, *_ in expected.values())
    sure = Counter(quadrant for quadrant, _, _, beyond in expected.values() if beyond)
    assert counts == {each: (every[each.value], sure[each.value]) for each in Quadrant}
    sides = sorted((each.service.z, each.experience.z) for each, _ in found)
    plain = sorted((service, experience) for _, service, experience, _ in expected.values())
    assert [z for side in sides for z in side] == pytest.approx([z for side in plain for z in side])
