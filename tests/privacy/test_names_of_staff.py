"""Who acted is read by whoever may read personal data. Which columns tell it, the tags say."""

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer, IdentityChange, Segment, SegmentVersion
from apps.interactions.models import Case, CaseChange, Reason
from apps.journeys.models import Touchpoint
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, codes
from tests.isolation.api.mapped import SINCE, map_journey

pytestmark = pytest.mark.django_db
LISTS = """{
  segments { nodes { versions { nodes { number actorName } } } }
  frictions { nodes { status assignee history { nodes { status note actorName } } } }
  walkthroughs { nodes { shopper note recordedBy scores { nodes { score note } } } }
}"""
ROWS = """{
  customers { nodes { identityHistory { nodes { kind actorName } } } }
  cases { nodes { history { nodes { kind actorName } } } }
}"""
NAME = "Robin of the staff"


@pytest.fixture(autouse=True)
def done_by_somebody(acme: BrandRef) -> None:
    with brand_tx(acme):
        map_journey("x", Touchpoint.objects.create(key="checkout"), NAME)
        segment = Segment.objects.create(key="s", name="S", rules={}, version=1, size=0, created_at=SINCE)
        SegmentVersion.objects.create(segment=segment, number=1, since=SINCE, rules={}, actor_name=NAME)
        ana = Customer.objects.create(external_id="ana")
        merged = Customer.objects.create(external_id="ann", merged_into=ana)
        IdentityChange.objects.create(customer=ana, identity=merged, kind="MERGED", at=SINCE, actor_name=NAME)
        reason = Reason.objects.create(path="Billing", name="Billing")
        case = Case.objects.create(
            customer=ana, reason=reason, state="OPEN", opened_at=SINCE, last_contact_at=SINCE, contacts=1,
            channel_switches=0, created_at=SINCE, updated_at=SINCE,
        )  # fmt: skip
        CaseChange.objects.create(case=case, at=SINCE, kind="MERGED", came=True, contacts=1, actor_name=NAME)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_who_reads_no_personal_data_reads_no_names_of_staff(asker: MakeAsker, role: Role) -> None:
    answer = asker(role).ask(LISTS)

    assert NAME not in str(answer)
    assert set(codes(answer)) == {"FORBIDDEN"}
    assert [error["path"][-1] for error in answer["errors"]] == [
        "actorName", "assignee", "note", "actorName", "shopper", "note", "recordedBy", "note",
    ]  # fmt: skip
    # All else of these rows is there.
    assert answer["data"]["segments"]["nodes"][0]["versions"]["nodes"] == [{"number": 1, "actorName": None}]
    assert answer["data"]["walkthroughs"]["nodes"][0]["scores"]["nodes"] == [{"score": 3, "note": None}]


def test_an_analyst_reads_what_became_of_customers_and_cases_and_not_by_whom(asker: MakeAsker) -> None:
    answer = asker(Role.ANALYST).ask(ROWS)

    assert answer["data"]["customers"]["nodes"] == [
        {"identityHistory": {"nodes": [{"kind": "MERGED", "actorName": None}]}}
    ]
    assert answer["data"]["cases"]["nodes"] == [{"history": {"nodes": [{"kind": "MERGED", "actorName": None}]}}]
    assert codes(answer) == ["FORBIDDEN", "FORBIDDEN"]


def test_nor_may_an_analyst_find_them_by_a_filter(asker: MakeAsker) -> None:
    found = asker(Role.ANALYST).ask('{ walkthroughs(where: {shopper: {contains: "robin"}}) { nodes { score: id } } }')

    assert (found["data"], codes(found)) == ({"walkthroughs": None}, ["FORBIDDEN"])


@pytest.mark.parametrize("role", [Role.BRAND_ADMIN, Role.SUPERVISOR])
def test_who_reads_personal_data_reads_who_acted(asker: MakeAsker, role: Role) -> None:
    data = asker(role).data(LISTS) | asker(role).data(ROWS)

    assert str(data).count(NAME) == 10
