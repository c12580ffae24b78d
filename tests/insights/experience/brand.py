"""A brand's customers between service and experience: Dana of the requirements, and others like or unlike her."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from apps.customers.models import Customer
from apps.interactions.models import Interaction, Reason
from apps.journeys.models import Touchpoint, TouchpointEvent
from apps.metrics.windows import Window
from apps.surveys.models import USUAL_SCOPES, Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

# A month of New York, where the tests' brands are.
MARCH = Window(datetime(2026, 3, 1, 5, tzinfo=UTC), datetime(2026, 4, 1, 4, tzinfo=UTC))
NOW = datetime(2026, 6, 1, tzinfo=UTC)
START = datetime(2026, 3, 2, 15, tzinfo=UTC)
SPAN = {"from": MARCH.start.isoformat(), "to": MARCH.end.isoformat()}

_VALUES = {"S": "SMOOTH", "R": "FRICTION", "X": "FAILED"}


@contextmanager
def told(ref: BrandRef) -> Iterator["Brand"]:
    """Tell what happened in a brand's door; it is stored at the end."""
    with brand_tx(ref):
        brand = Brand()
        yield brand
        brand.store()


class Brand:
    """Rows of customers, stored together by `store`, in the open door."""

    def __init__(self) -> None:
        self._rows: list[Any] = []
        self._made: dict[tuple[type[Any], str], Any] = {}
        self._number = 0

    def customer(self, name: str, segment: str | None = None, **more: Any) -> "Person":
        row = Customer(external_id=name, name=name.title(), segment=segment, **more)
        self._rows.append(row)
        return Person(self, row)

    def touchpoint(self, key: str) -> Touchpoint:
        found: Touchpoint = self._named(Touchpoint, "key", key)
        return found

    def survey(self, kind: str) -> Survey:
        found: Survey = self._named(Survey, "key", kind.lower(), kind=kind, scope=USUAL_SCOPES[kind])
        return found

    def reason(self, path: str) -> Reason:
        found: Reason = self._named(Reason, "path", path, name=path)
        return found

    def add(self, model: type[Any], **values: Any) -> None:
        self._number += 1
        self._rows.append(model(external_id=f"{model.__name__}-{self._number}", **values))

    def store(self) -> None:
        """Store all that was told."""
        models: tuple[type[Any], ...] = (Customer, Interaction, SurveyResponse, TouchpointEvent)
        for model in models:
            model._default_manager.bulk_create([row for row in self._rows if type(row) is model])
        self._rows = []

    def _named(self, model: type[Any], field: str, value: str, **defaults: Any) -> Any:
        if (model, value) not in self._made:
            self._made[model, value] = model.objects.get_or_create(**{field: value}, defaults=defaults)[0]
        return self._made[model, value]


class Person:
    """A customer and what happens to it: a thing an hour, from START on."""

    def __init__(self, brand: Brand, row: Customer) -> None:
        self.brand, self.row, self._at = brand, row, START

    def called(self, seconds: float = 20, *, reason: str = "Delivery", touchpoint: str | None = None) -> "Person":
        place = self.brand.touchpoint(touchpoint) if touchpoint else None
        self.brand.add(
            Interaction, channel="PHONE", opened_at=self._tick(), customer=self.row, answered=True,
            wait_seconds=seconds, reason=self.brand.reason(reason), touchpoint=place,
        )  # fmt: skip
        return self

    def answered(self, kind: str, *scores: int, touchpoint: str | None = None) -> "Person":
        place = self.brand.touchpoint(touchpoint) if touchpoint else None
        for score in scores:
            self.brand.add(
                SurveyResponse, survey=self.brand.survey(kind), kind=kind, score=score, answered_at=self._tick(),
                customer=self.row, touchpoint=place,
            )  # fmt: skip
        return self

    def met(self, touchpoint: str, outcomes: str, **more: Any) -> "Person":
        """Go through a touchpoint once a letter: S smooth, R friction, X failed."""
        for letter in outcomes:
            self.brand.add(
                TouchpointEvent, customer=self.row, touchpoint=self.brand.touchpoint(touchpoint),
                occurred_at=self._tick(), outcome=_VALUES[letter], **more,
            )  # fmt: skip
        return self

    def _tick(self) -> datetime:
        self._at += timedelta(hours=1)
        return self._at


def dana(brand: Brand) -> Person:
    """A slow site, a clunky checkout, two weeks late, and a fantastic agent."""
    her = brand.customer("dana", segment="plus").met("site", "R").met("checkout", "XXR")
    her.met("delivery", "X", promise="in 3 days", promise_kept=False)
    return her.called(6, touchpoint="delivery").answered("CSAT", 5).answered("CES_7", 2).answered("NPS", 3)


def content(brand: Brand, names: Iterable[str], segment: str | None = None) -> None:
    """Customers whom all goes well for."""
    for place, name in enumerate(names):
        one = brand.customer(name, segment=segment).called(20 + place % 7, touchpoint="delivery")
        one.answered("CSAT", 5 - place % 2).answered("CES_7", 7 - place % 2).met("checkout", "S")
        one.met("delivery", "S", promise="in 3 days", promise_kept=True).answered("NPS", 10 - place % 3)


def unhappy(brand: Brand, names: Iterable[str], segment: str | None = None) -> None:
    """Customers whom nothing goes well for, the service least of all."""
    for place, name in enumerate(names):
        one = brand.customer(name, segment=segment).called(900 + place % 7, touchpoint="checkout")
        one.called(900, touchpoint="checkout").answered("CSAT", 1 + place % 2, touchpoint="checkout")
        one.answered("CES_7", 1 + place % 2).met("checkout", "X").answered("NPS", 1 + place % 3)


def served_well_on_a_bad_journey(brand: Brand, names: Iterable[str], segment: str | None = None) -> None:
    for place, name in enumerate(names):
        one = brand.customer(name, segment=segment).called(5, touchpoint="checkout")
        one.answered("CSAT", 5, touchpoint="checkout").answered("CES_7", 2)
        one.met("checkout", "XR").answered("NPS", 2 + place % 3)


def names(prefix: str, count: int) -> list[str]:
    return [f"{prefix}-{number}" for number in range(count)]
