"""Hand-offs between departments: recorded, imported, read back, refused, and overdue without anybody's doing."""

from datetime import timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions.models import Interaction
from apps.journeys.handoffs.watch import count_overdue
from apps.journeys.models import BrandPromise, Department, Handoff
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.journeys.ledger import START, at, event, settle, take

RECORD = """mutation($input: RecordHandoffInput!) { recordHandoff(input: $input) {
  handoff { externalId handedAt acceptedAt acceptWithinSeconds contextPassed questionRepeated promise promiseKept
    customer { externalId } fromDepartment { key } toDepartment { key } interaction { subject } }
  userErrors { code field } } }"""
GIVEN = {
    "customer": "ana", "fromDepartment": "sales", "toDepartment": "delivery", "handedAt": "2026-03-02T09:00:00Z",
    "externalId": "h-1",
}  # fmt: skip


def record(asker: Asker, **more: Any) -> Any:
    return asker.data(RECORD, {"input": {**GIVEN, **more}})["recordHandoff"]


def test_a_hand_off_is_read_back_by_itself_by_its_customer_and_by_its_contact(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        Interaction.objects.create(external_id="i-1", channel="PHONE", opened_at=START, subject="Where is it?")
    told = {"acceptedAt": "2026-03-02T10:00:00+00:00", "acceptWithinSeconds": 3600.0, "contextPassed": True,
            "questionRepeated": False, "promise": "two days", "promiseKept": None}  # fmt: skip

    answer = record(admin, **told, interaction="i-1")

    assert answer["userErrors"] == []
    assert answer["handoff"] == {
        "externalId": "h-1", "handedAt": "2026-03-02T09:00:00+00:00", "customer": {"externalId": "ana"},
        "fromDepartment": {"key": "sales"}, "toDepartment": {"key": "delivery"},
        "interaction": {"subject": "Where is it?"}, **told,
    }  # fmt: skip
    shown = admin.data(
        """{ handoffs(where: {fromDepartment: {eq: "sales"}, toDepartment: {eq: "delivery"}}) { nodes { externalId } }
          customers { nodes { handoffs { nodes { externalId } } } }
          interactions { nodes { handoffs { nodes { externalId } } } } }"""
    )
    one = {"nodes": [{"externalId": "h-1"}]}
    assert shown == {
        "handoffs": one, "customers": {"nodes": [{"handoffs": one}]}, "interactions": {"nodes": [{"handoffs": one}]},
    }  # fmt: skip


def test_recording_it_again_changes_what_is_said_and_keeps_the_rest(admin: Asker, acme: BrandRef) -> None:
    record(admin, contextPassed=False)

    again = record(admin, acceptedAt="2026-03-02T09:30:00Z")["handoff"]

    assert (again["contextPassed"], again["acceptedAt"]) == (False, "2026-03-02T09:30:00+00:00")
    with brand_tx(acme):
        assert Handoff.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"toDepartment": "sales"}, "toDepartment"),
        ({"acceptedAt": "2026-03-02T08:59:59Z"}, "acceptedAt"),
        ({"acceptWithinSeconds": -1.0}, "acceptWithinSeconds"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stored(
    admin: Asker, acme: BrandRef, wrong: dict[str, Any], field: str
) -> None:
    answer = record(admin, **wrong)

    assert [error["field"] for error in answer["userErrors"]] == [field]
    with brand_tx(acme):
        assert (Handoff.objects.count(), Department.objects.count()) == (0, 0)


def test_an_agent_records_hand_offs_of_customers_it_serves_alone(asker: MakeAsker, admin: Asker) -> None:
    record(admin)
    agent = asker(Role.AGENT)

    assert codes(agent.ask(RECORD, {"input": GIVEN})) == ["FORBIDDEN"]
    assert agent.data("{ handoffs { nodes { id } } }")["handoffs"]["nodes"] == []


def marked(brand: BrandRef) -> set[str]:
    """Take the marks of days whose hand-offs are to be counted anew."""
    with brand_tx(brand):
        days = {str(day) for day in DirtyMark.objects.filter(topic="handoff").values_list("day", flat=True)}
        DirtyMark.objects.all().delete()
    return days


def test_when_the_time_to_accept_is_over_its_day_is_counted_anew(admin: Asker, acme: BrandRef) -> None:
    record(admin)
    record(admin, externalId="h-2", acceptedAt="2026-03-02T10:00:00Z", handedAt="2026-03-05T09:00:00Z")
    record(admin, externalId="h-3", acceptWithinSeconds=86_401.0, handedAt="2026-03-04T09:00:00Z")
    marked(acme)
    handed = at(1) + timedelta(hours=9)

    counted = []
    for hours in (0, 24, 24.1, 48, 96, 120):
        count_overdue(acme, handed + timedelta(hours=hours))
        counted.append(marked(acme))

    assert counted == [set(), set(), {"2026-03-02"}, set(), {"2026-03-04"}, set()]


def test_what_became_of_a_promise_marks_the_hand_offs_that_carried_it(admin: Asker, acme: BrandRef) -> None:
    record(admin, promise="easy")
    with brand_tx(acme):
        sales = Department.objects.get(key="sales")
        BrandPromise.objects.create(key="easy", text="Easy", criterion="SMOOTH", maker=sales, created_at=START)
    marked(acme)

    take(acme, event("e", days=9, promise="easy", outcome="SMOOTH"))
    settle(acme)
    first = marked(acme)
    take(acme, event("e", days=9, promise="easy", outcome="SMOOTH", customer="ben"))
    settle(acme)

    assert (first, marked(acme)) == ({"2026-03-02"}, {"2026-03-02"})
