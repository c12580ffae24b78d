"""Whoever reads a timeline sees on it what it sees elsewhere, and nothing else."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import Survey, agent, answer_to, customer, interaction
from tests.graphql.timeline.lives import live

ASKED = """query($id: ID!) { node(id: $id) { ... on Customer { timeline(first: 50) { totalCount nodes {
  kind what { ... on Interaction { externalId subject } ... on SurveyResponse { externalId comment } } } } } } }"""


def timeline(asker: Asker, key: Any) -> dict[str, Any]:
    return asker.ask(ASKED, {"id": global_id("Customer", key)})


def test_an_analyst_sees_what_happened_but_no_personal_text(asker: MakeAsker, acme: BrandRef) -> None:
    with brand_tx(acme):
        ann, told = live("ann", 1, seed=1)

    answer = timeline(asker(Role.ANALYST), ann.pk)

    shown = answer["data"]["node"]["timeline"]
    assert shown["totalCount"] == len(told) == len(shown["nodes"])
    assert set(codes(answer)) == {"FORBIDDEN"}
    texts = [each["what"] for each in shown["nodes"] if each["kind"] in {"INTERACTION", "SURVEY_RESPONSE"}]
    assert [each.get("subject", each.get("comment")) for each in texts] == [None, None]


def test_an_agent_sees_its_own_work_for_those_it_serves_and_nobody_else(asker: MakeAsker, acme: BrandRef) -> None:
    me = asker(Role.AGENT)
    with brand_tx(acme):
        mine, other = agent("me", me.member_id), agent("other")
        ann, bob = customer("ann"), customer("bob")
        survey = Survey.objects.create(key="s", kind="CSAT", scope="TRANSACTIONAL")
        for name, who, whose in (("mine", mine, ann), ("theirs", other, ann), ("bobs", other, bob)):
            interaction(name, agent=who, customer=whose, subject=name)
            answer_to(survey, f"about-{name}", 1, customer=whose, interaction_external_id=name)

    anns, bobs = timeline(me, ann.pk), timeline(me, bob.pk)

    shown = anns["data"]["node"]["timeline"]
    assert shown["totalCount"] == 2
    assert {each["what"]["externalId"] for each in shown["nodes"]} == {"mine", "about-mine"}
    assert codes(bobs) == ["NOT_FOUND"]


@pytest.mark.parametrize("role", [Role.VIEWER])
def test_who_sees_no_customers_sees_no_timeline(asker: MakeAsker, acme: BrandRef, role: Role) -> None:
    with brand_tx(acme):
        ann, _ = live("ann", 1, seed=1)

    answer = timeline(asker(role), ann.pk)

    assert codes(answer) == ["FORBIDDEN"]


def test_another_brand_has_timelines_of_its_own(asker: MakeAsker, acme: BrandRef, globex: BrandRef) -> None:
    with brand_tx(acme):
        ann, _ = live("ann", 1, seed=1)
    with brand_tx(globex):
        twin, told = live("ann", 3, seed=1)
    stranger = asker(Role.BRAND_ADMIN, brand=globex)

    assert codes(timeline(stranger, ann.pk)) == ["NOT_FOUND"]
    assert timeline(stranger, twin.pk)["data"]["node"]["timeline"]["totalCount"] == len(told)
