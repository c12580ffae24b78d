"""Cases through the API."""

from datetime import timedelta

import pytest

from apps.accounts.permissions import Role
from apps.interactions.case_marks import mark_customers
from apps.interactions.joining import join_marked
from apps.interactions.models import Reason
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import START, agent, customer, interaction


@pytest.fixture
def me(asker: MakeAsker, acme: BrandRef) -> Asker:
    """The agent `me`, who handled the first of Ann's contacts on a refund; another the other, and Ben's."""
    made = asker(Role.AGENT)
    with brand_tx(acme):
        mine, other = agent("me", made.member_id), agent("other")
        refund = Reason.objects.create(path="Refund", name="Refund")
        ann, ben = customer("ann", name="Ann"), customer("ben", name="Ben")
        interaction("a1", agent=mine, customer=ann, reason=refund, talk_seconds=60)
        interaction(
            "a2", agent=other, customer=ann, reason=refund, channel="EMAIL", opened_at=START + timedelta(days=2),
            resolved=True,
        )  # fmt: skip
        interaction("b1", agent=other, customer=ben, reason=refund, opened_at=START + timedelta(days=3))
        mark_customers([ann.id, ben.id])
    join_marked(acme, now=START)
    return made


def test_cases_are_listed_with_their_contacts_and_effort(me: Asker, admin: Asker) -> None:
    listed = admin.data(
        """{ cases { totalCount nodes { state contacts channelSwitches handleSeconds customer { externalId }
          reason { path }
          interactions(orderBy: [{field: OPENED_AT}]) { nodes { externalId case { contacts } } } } } }"""
    )["cases"]

    assert listed["totalCount"] == 2
    assert listed["nodes"][1] == {
        "state": "RESOLVED", "contacts": 2, "channelSwitches": 1, "handleSeconds": 60,
        "customer": {"externalId": "ann"}, "reason": {"path": "Refund"},
        "interactions": {"nodes": [{"externalId": name, "case": {"contacts": 2}} for name in ("a1", "a2")]},
    }  # fmt: skip


def test_cases_are_found_by_what_they_say_and_from_their_customer(me: Asker, admin: Asker) -> None:
    found = admin.data(
        """{ open: cases(where: {state: {eq: OPEN}}) { nodes { customer { externalId } } }
          many: cases(orderBy: [{field: CONTACTS, direction: DESC}], first: 1) { nodes { contacts } }
          customers(where: {externalId: {eq: "ann"}}) { nodes { cases { nodes { contacts reason { path } } } } } }"""
    )

    assert found == {
        "open": {"nodes": [{"customer": {"externalId": "ben"}}]},
        "many": {"nodes": [{"contacts": 2}]},
        "customers": {"nodes": [{"cases": {"nodes": [{"contacts": 2, "reason": {"path": "Refund"}}]}}]},
    }


def test_an_agent_sees_cases_it_worked_on_and_of_them_its_own_contacts(me: Asker) -> None:
    seen = me.data("{ cases { nodes { contacts interactions { nodes { externalId } } } } }")["cases"]["nodes"]

    assert seen == [{"contacts": 2, "interactions": {"nodes": [{"externalId": "a1"}]}}]


def test_a_viewer_sees_no_cases(asker: MakeAsker) -> None:
    assert codes(asker(Role.VIEWER).ask("{ cases { totalCount } }")) == ["FORBIDDEN"]
