"""What comes of follow-ups: counted by hand, told apart by survey and department, and not compared for few."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.journeys.models import Department
from apps.surveys.models import FollowUp, Survey, SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, asker, codes
from tests.insights.experience.brand import MARCH, SPAN, START

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OUTCOMES = """query($window: WindowInput!, $by: FollowUpGrouping! = BRAND, $days: Int! = 90, $where: ExperienceWhere) {
  followUpOutcomes(window: $window, by: $by, afterDays: $days, where: $where) {
    key label opened outcomes { outcome count } dismissed unfinished inTime { good of } medianSeconds
    recovered { customers answers nps interval { method } returned { good of } }
    notRecovered { customers answers nps returned { good of } }
    recommending { points pValue interval { low high } }
    returning { difference pValue interval { method } } } }"""


class Shop:
    """Follow-ups of customers who would not recommend, with what they did afterwards; in the open door."""

    def __init__(self) -> None:
        self.nps = Survey.objects.create(key="nps", kind="NPS", scope="RELATIONAL", name="Loyalty")
        self.csat = Survey.objects.create(key="csat", kind="CSAT", scope="TRANSACTIONAL")
        self.care = Department.objects.create(key="care", name="Care", created_at=START)
        self.number = 0

    def customer(self, **values: Any) -> Customer:
        self.number += 1
        return Customer.objects.create(external_id=f"c-{self.number}", **values)

    def follow_up(
        self, whose: Customer | None, outcome: str | None, hours: int = 4, at: datetime = START, **more: Any
    ) -> FollowUp:
        """Open one that is due in 8 hours, and let it end after some if it does."""
        survey = more.pop("survey", self.nps)
        self.number += 1
        answer = SurveyResponse.objects.create(
            external_id=f"r-{self.number}", survey=survey, kind=survey.kind, score=1, answered_at=at, customer=whose
        )
        usual = {
            "state": "DONE" if outcome else "OPEN", "outcome": outcome, "state_since": at, "due_at": at + 8 * HOUR,
            "outcome_at": at + hours * HOUR if outcome else None, "created_at": at, "updated_at": at,
        }  # fmt: skip
        return FollowUp.objects.create(survey_response=answer, customer=whose, **{**usual, **more})

    def answered(self, whose: Customer, score: int, at: datetime) -> None:
        self.number += 1
        SurveyResponse.objects.create(
            external_id=f"r-{self.number}", survey=self.nps, kind="NPS", score=score, answered_at=at, customer=whose
        )

    def bought(self, whose: Customer, at: datetime, kind: str = "PURCHASE") -> None:
        self.number += 1
        Order.objects.create(
            external_id=f"o-{self.number}", customer=whose, ordered_at=at, amount=1, currency="USD", kind=kind
        )


def counts(group: Any) -> dict[str, int]:
    return {each["outcome"]: each["count"] for each in group["outcomes"]}


def test_outcomes_times_and_what_is_left_are_counted(acme: BrandRef, asker: MakeAsker) -> None:
    with brand_tx(acme):
        shop = Shop()
        for hours, outcome in ((2, "RECOVERED"), (8, "NOT_RECOVERED"), (9, "NOT_REACHED"), (20, "NOT_NEEDED")):
            shop.follow_up(shop.customer(), outcome, hours)
        shop.follow_up(None, "RECOVERED", 3)
        shop.follow_up(shop.customer(), None, state="DISMISSED", dismissed_why="BY_HAND")
        shop.follow_up(shop.customer(), None, state="IN_PROGRESS")
        # Due in some years: whether it is in time nobody knows.
        shop.follow_up(shop.customer(), None, due_at=datetime(2099, 1, 1, tzinfo=UTC))
        shop.follow_up(shop.customer(), "RECOVERED", at=MARCH.end)
        shop.follow_up(shop.customer(), "RECOVERED", at=MARCH.start - HOUR)

    (found,) = asker(Role.VIEWER).data(OUTCOMES, {"window": SPAN})["followUpOutcomes"]

    assert (found["key"], found["label"], found["opened"]) == (None, None, 8)
    assert counts(found) == {"RECOVERED": 2, "NOT_RECOVERED": 1, "NOT_REACHED": 1, "NOT_NEEDED": 1}
    assert (found["dismissed"], found["unfinished"]) == (1, 2)
    assert found["inTime"] == {"good": 3, "of": 6}
    assert found["medianSeconds"] == 8 * 3_600
    assert (found["recovered"]["customers"], found["notRecovered"]["customers"]) == (1, 1)


def test_they_are_told_apart_by_survey_and_department_and_narrowed_by_country(
    acme: BrandRef, globex: BrandRef, asker: MakeAsker
) -> None:
    with brand_tx(acme):
        shop = Shop()
        shop.follow_up(shop.customer(country="DE"), "RECOVERED", department=shop.care)
        shop.follow_up(shop.customer(), "RECOVERED", department=shop.care)
        shop.follow_up(shop.customer(country="DE"), "NOT_REACHED", survey=shop.csat)

    def groups(**given: Any) -> list[tuple[Any, ...]]:
        found = asker(Role.VIEWER).data(OUTCOMES, {"window": SPAN, **given})["followUpOutcomes"]
        return [(each["key"], each["label"], each["opened"], each["recovered"]["customers"]) for each in found]

    assert groups(by="SURVEY") == [("nps", "Loyalty", 2, 2), ("csat", "csat", 1, 0)]
    assert groups(by="DEPARTMENT") == [("care", "Care", 2, 2), (None, None, 1, 0)]
    german = {"country": ["DE"]}
    assert groups(by="DEPARTMENT", where=german) == [(None, None, 1, 0), ("care", "Care", 1, 1)]
    assert asker(Role.VIEWER, brand=globex).data(OUTCOMES, {"window": SPAN})["followUpOutcomes"] == []


def test_those_won_back_are_held_against_those_who_were_not_by_what_they_say_and_buy_later(
    acme: BrandRef, asker: MakeAsker
) -> None:
    with brand_tx(acme):
        shop = Shop()
        closed = START + 4 * HOUR
        for number in range(20):
            won, lost = shop.customer(), shop.customer()
            shop.follow_up(won, "RECOVERED")
            shop.answered(won, 0, closed + DAY)
            shop.answered(won, 10 if number < 10 else 7, closed + 2 * DAY)
            # Neither what was said before nor long after counts.
            shop.answered(won, 0, closed - HOUR)
            shop.answered(won, 0, closed + 91 * DAY)
            if number < 15:
                shop.bought(won, closed + 90 * DAY)
            shop.follow_up(lost, "NOT_RECOVERED")
            shop.answered(lost, 3, closed + DAY)
            shop.bought(lost, closed - DAY)
            shop.bought(lost, closed + DAY, kind="REFUND")
            shop.bought(lost, closed + (5 if number < 5 else 91) * DAY)
        # Who was not won back at first and then was counts once, by how it ended last.
        twice = shop.customer()
        shop.follow_up(twice, "NOT_RECOVERED", at=START - DAY)
        shop.follow_up(twice, "RECOVERED")

    (found,) = asker(Role.VIEWER).data(OUTCOMES, {"window": SPAN})["followUpOutcomes"]

    assert found["recovered"] == {
        "customers": 21, "answers": 20, "nps": 50, "interval": {"method": "ADJUSTED_WALD_NPS"},
        "returned": {"good": 15, "of": 21},
    }  # fmt: skip
    assert found["notRecovered"] == {"customers": 20, "answers": 20, "nps": -100, "returned": {"good": 5, "of": 20}}
    assert found["recommending"]["points"] == 150
    assert 0 < found["recommending"]["interval"]["low"] < 150 < found["recommending"]["interval"]["high"]
    assert found["returning"]["difference"] == pytest.approx(15 / 21 - 5 / 20)
    assert found["returning"]["interval"] == {"method": "NEWCOMBE"}
    # 20 of 41 in all: z is 0.46429 / sqrt(0.249851 * (1 / 21 + 1 / 20)) = 2.97288.
    assert found["returning"]["pValue"] == pytest.approx(0.0029502, rel=1e-4)


def test_few_are_told_and_not_compared_and_days_that_are_not_over_tell_nothing(
    acme: BrandRef, asker: MakeAsker
) -> None:
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    with brand_tx(acme):
        shop = Shop()
        for number in range(18):
            shop.answered(whose := shop.customer(), 9, now - 9 * DAY)
            shop.follow_up(whose, "RECOVERED" if number < 9 else "NOT_RECOVERED", at=now - 10 * DAY)
    lately = {"from": (now - 20 * DAY).isoformat(), "to": now.isoformat()}

    def told(days: int) -> Any:
        (found,) = asker(Role.VIEWER).data(OUTCOMES, {"window": lately, "days": days})["followUpOutcomes"]
        assert (found["recommending"], found["returning"]) == (None, None)
        return found["recovered"]["answers"], found["notRecovered"]["returned"]

    assert told(9) == (9, {"good": 0, "of": 9})
    assert told(11) == (9, {"good": 0, "of": 0})


def test_what_makes_no_sense_is_refused_and_agents_see_none_of_it(acme: BrandRef, asker: MakeAsker) -> None:
    for days in (0, 367):
        assert codes(asker(Role.VIEWER).ask(OUTCOMES, {"window": SPAN, "days": days})) == ["BAD_USER_INPUT"]
    assert codes(asker(Role.AGENT).ask(OUTCOMES, {"window": SPAN})) == ["FORBIDDEN"]
