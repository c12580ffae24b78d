"""Low scores open follow-ups, however they come; people end them."""

from datetime import time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.interactions.imports import INTERACTIONS
from apps.interactions.models import Agent
from apps.journeys.models import Department, Touchpoint
from apps.surveys.follow_ups.telling import tell_due
from apps.surveys.imports import SURVEY_RESPONSES
from apps.surveys.models import FollowUp, SurveyResponse
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks.models import WebhookDelivery
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.interactions.working.rows import agent
from tests.surveys.loaded import load
from tests.webhooks.made import endpoint

EVENTS = ("response.received", "follow_up.opened", "follow_up.due", "follow_up.closed")
RULE = """mutation($input: SetFollowUpRuleInput!) { setFollowUpRule(input: $input) {
  rule { score dueHours recentDays } userErrors { code field } } }"""


def answer(brand: BrandRef, key: str, score: int, kind: str = "NPS", **more: Any) -> None:
    given = {"external_id": key, "survey": kind.lower(), "kind": kind, "score": score, "customer": "c-1"}
    with brand_tx(brand):
        load(SURVEY_RESPONSES, {**given, "answered_at": timezone.now(), **more})


def followed(brand: BrandRef) -> list[tuple[str, str]]:
    with brand_tx(brand):
        rows = FollowUp.objects.order_by("survey_response__external_id")
        return list(rows.values_list("survey_response__external_id", "state"))


def only(brand: BrandRef) -> FollowUp:
    with brand_tx(brand):
        return FollowUp.objects.select_related("department", "touchpoint").get()


def told(brand: BrandRef) -> list[str]:
    with brand_tx(brand):
        return list(WebhookDelivery.objects.order_by("id").values_list("event", flat=True))


def act(asker: Asker, name: str, row: FollowUp, **given: Any) -> dict[str, Any]:
    kind = f"{name[0].upper()}{name[1:]}Input!"
    shown = "followUp { state assignee outcome } userErrors { code field }"
    document = f"mutation($input: {kind}) {{ {name}(input: $input) {{ {shown} }} }}"
    return asker.ask(document, {"input": {"id": global_id("FollowUp", row.id), **given}})


def test_low_scores_of_every_kind_open_one_each(db: None, acme: BrandRef) -> None:
    bounds = {"NPS": (6, 7), "CSAT": (2, 3), "CES_7": (3, 4), "CES_5": (4, 3), "FCR": (None, 0)}
    for kind, (low, fine) in bounds.items():
        for name, score in (("low", low), ("fine", fine)):
            if score is not None:
                answer(acme, f"{kind} {name}", score, kind)

    assert followed(acme) == [(f"{kind} low", "OPEN") for kind in ("CES_5", "CES_7", "CSAT", "NPS")]


def test_history_opens_none_and_an_answer_opens_one_once(db: None, acme: BrandRef) -> None:
    endpoint(acme, "https://hooks.example/", timezone.now(), *EVENTS)
    answer(acme, "old", 0, answered_at=timezone.now() - timedelta(days=8))
    answer(acme, "new", 0)
    answer(acme, "new", 1)

    assert followed(acme) == [("new", "OPEN")]
    assert told(acme) == ["response.received", "follow_up.opened"]
    with brand_tx(acme):
        payloads = list(WebhookDelivery.objects.order_by("id").values_list("payload", flat=True))
        customer, response = Customer.objects.get(), SurveyResponse.objects.get(external_id="new")
    assert payloads[0]["data"] == {
        "surveyResponse": global_id("SurveyResponse", response.id),
        "survey": global_id("Survey", response.survey_id),
        "kind": "NPS",
        "score": 0,
        "answeredAt": payloads[0]["data"]["answeredAt"],
        "customer": global_id("Customer", customer.id),
        "touchpoint": None,
    }


def test_a_better_answer_dismisses_what_nobody_began_and_nothing_else(
    admin: Asker, acme: BrandRef, asker: MakeAsker
) -> None:
    for key in ("untouched", "taken"):
        answer(acme, key, 2)
    with brand_tx(acme):
        taken = FollowUp.objects.get(survey_response__external_id="taken")
    act(admin, "takeFollowUp", taken)
    for key in ("untouched", "taken"):
        answer(acme, key, 9)

    assert followed(acme) == [("taken", "IN_PROGRESS"), ("untouched", "DISMISSED")]
    with brand_tx(acme):
        assert FollowUp.objects.get(state="DISMISSED").dismissed_why == "SCORE_CHANGED"


def test_it_falls_to_the_owner_of_the_place_named_or_found_later(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        Department.objects.create(key="shop", name="Shop", created_at=timezone.now())
        Touchpoint.objects.create(key="checkout", department="shop")
    answer(acme, "named", 1, touchpoint="checkout")
    assert only(acme).department.key == "shop"
    with brand_tx(acme):
        FollowUp.objects.all().delete()

    answer(acme, "about", 1, interaction="i-1")
    with brand_tx(acme):
        assert FollowUp.objects.get(survey_response__external_id="about").department is None
        contact = {"external_id": "i-1", "channel": "CHAT", "opened_at": timezone.now(), "touchpoint": "checkout"}
        load(INTERACTIONS, contact)
        its = FollowUp.objects.select_related("department").get(survey_response__external_id="about")
    assert its.department.key == "shop"


def test_a_rule_says_which_scores_and_a_calendar_until_when(admin: Asker, acme: BrandRef) -> None:
    answer(acme, "before", 7)
    # Not the hour that it is.
    opens = (timezone.now().hour + 12) % 23
    hours = [{"weekday": day, "opens": f"{opens:02}:00", "closes": f"{opens + 1:02}:00"} for day in range(1, 8)]
    make = "mutation($input: CreateCalendarInput!) { createCalendar(input: $input) { userErrors { code } } }"
    admin.data(make, {"input": {"key": "office", "timeZone": "UTC", "hours": hours, "holidays": [], "specialDays": []}})
    given = {"survey": "nps", "score": 7, "dueHours": 2, "recentDays": 3, "calendar": "office"}
    assert admin.data(RULE, {"input": given})["setFollowUpRule"] == {
        "rule": {"score": 7, "dueHours": 2, "recentDays": 3},
        "userErrors": [],
    }
    rules = "{ followUpRules { survey score dueHours recentDays calendar } }"
    assert admin.data(rules) == {"followUpRules": [given]}
    assert admin.data('{ followUpRules(surveys: ["csat"]) { survey } }') == {"followUpRules": []}
    for changes, field in (({"score": 11}, "score"), ({"dueHours": 0}, "dueHours"), ({"survey": "x"}, "survey")):
        (error,) = admin.data(RULE, {"input": {**given, **changes}})["setFollowUpRule"]["userErrors"]
        assert error["field"] == field

    answer(acme, "after", 7)

    its = only(acme)
    days = (its.due_at - its.created_at) / timedelta(days=1)
    # Two hours of an hour a day: used up when the second day closes, and so as the third opens.
    assert (its.due_at.time(), 1 < days <= 3) == (time(opens), True)


def test_people_end_follow_ups_and_it_is_told_and_kept_without_their_words(admin: Asker, acme: BrandRef) -> None:
    answer(acme, "a", 1)
    endpoint(acme, "https://hooks.example/", timezone.now(), *EVENTS)
    its = only(acme)
    act(admin, "takeFollowUp", its)
    act(admin, "noteFollowUp", its, note="Called Ada.")
    ended = act(admin, "closeFollowUp", its, outcome="RECOVERED")["data"]["closeFollowUp"]

    assert (ended["followUp"]["state"], ended["followUp"]["outcome"]) == ("DONE", "RECOVERED")
    again = act(admin, "dismissFollowUp", its, note="Late.")["data"]["dismissFollowUp"]
    assert [error["code"] for error in again["userErrors"]] == ["CONFLICT"]
    assert told(acme) == ["follow_up.closed"]
    shown = admin.data("""{ customers { nodes { followUps { nodes { note surveyResponse { followUp { state } } } } } }
      followUps(where: {state: {eq: DONE}, score: {oneOf: [1, 2]}}) { totalCount } }""")
    assert shown["followUps"] == {"totalCount": 1}
    assert shown["customers"]["nodes"][0]["followUps"]["nodes"] == [
        {"note": "Called Ada.", "surveyResponse": {"followUp": {"state": "DONE"}}}
    ]
    assert "Ada" not in str([(event.before, event.after) for event in trail(acme)])


def test_an_agent_sees_and_takes_those_of_customers_it_serves(acme: BrandRef, asker: MakeAsker) -> None:
    mine, supervisor = asker(Role.AGENT), asker(Role.SUPERVISOR)
    with brand_tx(acme):
        Agent.objects.filter(pk=agent("ann").pk).update(member_id=mine.member_id)
        contact = {"external_id": "i", "channel": "CHAT", "opened_at": timezone.now(), "customer": "c-1"}
        load(INTERACTIONS, {**contact, "agent": "ann"})
    answer(acme, "served", 1)
    answer(acme, "other", 1, customer="c-2")
    with brand_tx(acme):
        served, other = (FollowUp.objects.get(survey_response__external_id=key) for key in ("served", "other"))

    assert mine.data("{ followUps { totalCount } }")["followUps"]["totalCount"] == 1
    assert codes(act(mine, "takeFollowUp", other)) == ["NOT_FOUND"]
    assert act(mine, "takeFollowUp", served)["data"]["takeFollowUp"]["followUp"]["state"] == "IN_PROGRESS"
    assert codes(act(mine, "assignFollowUp", served, agent="ann")) == ["FORBIDDEN"]
    assert act(supervisor, "assignFollowUp", other, agent="ann")["data"]["assignFollowUp"]["userErrors"] == []
    assert mine.data("{ followUps { totalCount } }")["followUps"]["totalCount"] == 2
    for role in (Role.VIEWER, Role.ANALYST):
        assert codes(act(asker(role), "noteFollowUp", served, note="x")) == ["FORBIDDEN"]
    assert only_note(acme, served) is None


def only_note(brand: BrandRef, row: FollowUp) -> str | None:
    with brand_tx(brand):
        return FollowUp.objects.get(pk=row.pk).note


def test_it_is_told_once_that_one_is_due(db: None, acme: BrandRef) -> None:
    answer(acme, "a", 1)
    answer(acme, "b", 1)
    endpoint(acme, "https://hooks.example/", timezone.now(), *EVENTS)
    with brand_tx(acme):
        FollowUp.objects.filter(survey_response__external_id="a").update(due_at=timezone.now())

    tell_due(acme)
    tell_due(acme)

    assert told(acme) == ["follow_up.due"]


@pytest.mark.parametrize("name", ["takeFollowUp", "noteFollowUp", "closeFollowUp", "dismissFollowUp"])
def test_another_brands_is_not_found(asker: MakeAsker, acme: BrandRef, globex: BrandRef, name: str) -> None:
    answer(globex, "a", 1)
    given = {"noteFollowUp": {"note": "x"}, "dismissFollowUp": {"note": "x"}, "closeFollowUp": {"outcome": "RECOVERED"}}

    assert codes(act(asker(Role.BRAND_ADMIN), name, only(globex), **given.get(name, {}))) == ["NOT_FOUND"]
    assert only(globex).state == "OPEN"
