"""Queues, agents and their states through the API."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from apps.accounts.permissions import Role
from apps.interactions.models import Agent, AgentState, Queue, Skill
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import agent
from tests.graphql.test_calendars import RETIRE as RETIRE_CALENDAR
from tests.graphql.test_calendars import make as make_calendar

CREATE_QUEUE = """mutation($input: CreateQueueInput!) { createQueue(input: $input) {
  queue { id key name priority calendar { key } skills { skill level } retiredAt } userErrors { code field } } }"""
UPDATE_QUEUE = """mutation($input: UpdateQueueInput!) { updateQueue(input: $input) {
  queue { key name priority calendar { key } skills { skill level } } userErrors { code field } } }"""
RETIRE_QUEUE = """mutation($input: RetireQueueInput!) { retireQueue(input: $input) {
  queue { key retiredAt } userErrors { code field } } }"""
CREATE_AGENT = """mutation($input: CreateAgentInput!) { createAgent(input: $input) {
  agent { id key name team { key } capacity skills { skill level } } userErrors { code field } } }"""
UPDATE_AGENT = """mutation($input: UpdateAgentInput!) { updateAgent(input: $input) {
  agent { key name team { key } capacity skills { skill level } } userErrors { code field } } }"""
SET_STATE = """mutation($input: SetAgentStateInput!) { setAgentState(input: $input) {
  agent { key } state { state toAt } userErrors { code field } } }"""
GERMAN = {"skill": "german", "level": 3}


def make_queue(asker: Asker, key: str = "chat", **given: Any) -> str:
    made = asker.data(CREATE_QUEUE, {"input": {"key": key, **given}})["createQueue"]
    assert made["userErrors"] == []
    identity: str = made["queue"]["id"]
    return identity


def make_agent(asker: Asker, key: str = "ann", **given: Any) -> str:
    made = asker.data(CREATE_AGENT, {"input": {"key": key, **given}})["createAgent"]
    assert made["userErrors"] == []
    identity: str = made["agent"]["id"]
    return identity


def errors(asker: Asker, mutation: str, **given: Any) -> list[tuple[str, str]]:
    (payload,) = asker.data(mutation, {"input": given}).values()
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


def test_a_queue_is_what_it_was_made(admin: Asker) -> None:
    office = make_calendar(admin)
    given = {
        "key": " chat ",
        "name": "Chat",
        "priority": 7,
        "calendar": office,
        "skills": [GERMAN, {"skill": "billing"}],
    }

    made = admin.data(CREATE_QUEUE, {"input": given})["createQueue"]["queue"]

    del made["id"]
    assert made == {
        "key": "chat", "name": "Chat", "priority": 7, "calendar": {"key": "office"}, "retiredAt": None,
        "skills": [{"skill": "billing", "level": 1}, GERMAN],
    }  # fmt: skip


def test_of_a_queue_changes_what_is_given_and_skills_change_together(admin: Asker) -> None:
    chat = make_queue(admin, name="Chat", calendar=make_calendar(admin), skills=[GERMAN])

    renamed = admin.data(UPDATE_QUEUE, {"input": {"id": chat, "name": "Chat, Europe"}})["updateQueue"]["queue"]
    cleared = admin.data(
        UPDATE_QUEUE, {"input": {"id": chat, "calendar": None, "priority": 2, "skills": [{"skill": "billing"}]}}
    )["updateQueue"]["queue"]

    assert renamed == {
        "key": "chat", "name": "Chat, Europe", "priority": 0, "calendar": {"key": "office"}, "skills": [GERMAN],
    }  # fmt: skip
    assert cleared == {
        "key": "chat", "name": "Chat, Europe", "priority": 2, "calendar": None,
        "skills": [{"skill": "billing", "level": 1}],
    }  # fmt: skip


def test_a_queue_that_an_import_made_can_be_given_all_the_rest(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        made = global_id("Queue", Queue.objects.create(key="phone").id)

    changed = admin.data(UPDATE_QUEUE, {"input": {"id": made, "name": "Phone", "skills": [GERMAN]}})["updateQueue"]

    assert changed["queue"]["skills"] == [GERMAN]


def test_a_retired_queue_stays_as_it_is(admin: Asker) -> None:
    chat = make_queue(admin)
    retired = admin.data(RETIRE_QUEUE, {"input": {"id": chat}})["retireQueue"]["queue"]

    assert retired["retiredAt"] is not None
    assert errors(admin, UPDATE_QUEUE, id=chat, name="x") == [("CONFLICT", "id")]
    assert admin.data(RETIRE_QUEUE, {"input": {"id": chat}})["retireQueue"]["queue"] == retired
    assert admin.data("{ queues(where: {retiredAt: {isNull: true}}) { nodes { key } } }") == {"queues": {"nodes": []}}


QUEUES_REFUSED = {
    "no key": ({"key": " "}, ("BAD_USER_INPUT", "key")),
    "a key twice": ({"key": "chat"}, ("CONFLICT", "key")),
    "too high": ({"priority": 101}, ("BAD_USER_INPUT", "priority")),
    "a level of none": ({"skills": [{"skill": "german", "level": 0}]}, ("BAD_USER_INPUT", "skills.0.level")),
    "a skill twice": ({"skills": [GERMAN, GERMAN]}, ("BAD_USER_INPUT", "skills.1.skill")),
    "a skill of no name": ({"skills": [{"skill": " "}]}, ("BAD_USER_INPUT", "skills.0.skill")),
    "too many": ({"skills": [{"skill": str(n)} for n in range(51)]}, ("BAD_USER_INPUT", "skills")),
}


@pytest.mark.parametrize(("given", "error"), QUEUES_REFUSED.values(), ids=list(QUEUES_REFUSED))
def test_what_is_no_queue_is_refused_by_the_field_at_fault(
    admin: Asker, acme: BrandRef, given: dict[str, Any], error: tuple[str, str]
) -> None:
    make_queue(admin)

    assert errors(admin, CREATE_QUEUE, **{"key": "phone", **given}) == [error]
    with brand_tx(acme):
        assert (Queue.objects.count(), Skill.objects.count()) == (1, 0)


def test_a_queue_takes_no_calendar_that_is_retired_and_none_there_is_not(admin: Asker) -> None:
    office = make_calendar(admin)
    admin.data(RETIRE_CALENDAR, {"input": {"id": office}})

    assert errors(admin, CREATE_QUEUE, key="chat", calendar=office) == [("CONFLICT", "calendar")]
    unknown = admin.ask(CREATE_QUEUE, {"input": {"key": "chat", "calendar": global_id("Calendar", uuid7())}})
    assert codes(unknown) == ["NOT_FOUND"]


def test_an_agent_is_what_it_was_made_and_changes_by_what_is_given(admin: Asker) -> None:
    made = make_agent(admin, name="Ann", team="first line", capacity=3, skills=[GERMAN])

    changed = admin.data(UPDATE_AGENT, {"input": {"id": made, "team": None, "capacity": 4}})["updateAgent"]["agent"]

    assert changed == {"key": "ann", "name": "Ann", "team": None, "capacity": 4, "skills": [GERMAN]}
    assert errors(admin, UPDATE_AGENT, id=made, capacity=0) == [("BAD_USER_INPUT", "capacity")]
    assert errors(admin, UPDATE_AGENT, id=made, capacity=None) == [("BAD_USER_INPUT", "capacity")]
    assert errors(admin, CREATE_AGENT, key="ann") == [("CONFLICT", "key")]


def test_a_page_of_agents_with_their_skills_takes_one_more_statement(admin: Asker) -> None:
    for key in ("ann", "bob", "cid"):
        make_agent(admin, key, skills=[GERMAN])

    counted = []
    for page in ("{ agents { nodes { key } } }", "{ agents { nodes { key skills { skill level } } } }"):
        with CaptureQueriesContext(connections["default"]) as captured:
            admin.data(page)
        counted.append(len(captured))

    assert counted[1] == counted[0] + 1


def test_a_state_lasts_until_the_next_and_the_same_again_is_none(admin: Asker, acme: BrandRef) -> None:
    ann = make_agent(admin)

    for state in ("AVAILABLE", "AVAILABLE", "BREAK"):
        told = admin.data(SET_STATE, {"input": {"agent": ann, "state": state}})["setAgentState"]
        assert told == {"agent": {"key": "ann"}, "state": {"state": state, "toAt": None}, "userErrors": []}

    shown = admin.data("{ agents { nodes { states { nodes { state fromAt toAt } } } } }")
    last, first = shown["agents"]["nodes"][0]["states"]["nodes"]
    assert (first["state"], last["state"], last["toAt"]) == ("AVAILABLE", "BREAK", None)
    assert first["toAt"] == last["fromAt"]


def test_an_agent_sets_its_own_state_and_no_others(asker: MakeAsker, admin: Asker, acme: BrandRef) -> None:
    me, nobody = asker(Role.AGENT), asker(Role.AGENT)
    other = make_agent(admin, "other")
    with brand_tx(acme):
        itself = global_id("Agent", agent("me", me.member_id).id)

    own = me.data(SET_STATE, {"input": {"state": "AVAILABLE"}})["setAgentState"]
    named = me.data(SET_STATE, {"input": {"state": "BREAK", "agent": itself}})["setAgentState"]
    refused = [
        codes(who.ask(SET_STATE, {"input": {"state": "BREAK", **given}}))
        for who, given in ((me, {"agent": other}), (nobody, {}), (nobody, {"agent": other}))
    ]

    assert (own["state"]["state"], named["state"]["state"]) == ("AVAILABLE", "BREAK")
    assert refused == [["FORBIDDEN"]] * 3
    with brand_tx(acme):
        assert {state.agent.key for state in AgentState.objects.all()} == {"me"}


def test_a_supervisor_sets_anybodys_state_and_must_say_whose(asker: MakeAsker, admin: Asker) -> None:
    supervisor, ann = asker(Role.SUPERVISOR), make_agent(admin)

    told = supervisor.data(SET_STATE, {"input": {"agent": ann, "state": "BREAK"}})["setAgentState"]

    assert told["state"]["state"] == "BREAK"
    assert errors(supervisor, SET_STATE, state="BREAK") == [("BAD_USER_INPUT", "agent")]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_whoever_does_not_configure_makes_neither_queues_nor_agents(
    asker: MakeAsker, admin: Asker, acme: BrandRef, role: Role
) -> None:
    chat, ann = make_queue(admin), make_agent(admin)
    attempts = [
        (CREATE_QUEUE, {"key": "mine"}),
        (UPDATE_QUEUE, {"id": chat, "name": "mine"}),
        (RETIRE_QUEUE, {"id": chat}),
        (CREATE_AGENT, {"key": "mine"}),
        (UPDATE_AGENT, {"id": ann, "name": "mine"}),
    ]
    reader = asker(role)

    assert [codes(reader.ask(mutation, {"input": given})) for mutation, given in attempts] == [["FORBIDDEN"]] * 5
    with brand_tx(acme):
        assert (Queue.objects.get().name, Agent.objects.get().name) == ("", "")


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VIEWER])
def test_whoever_may_not_look_at_single_agents_sees_none_and_sets_no_state(
    asker: MakeAsker, admin: Asker, role: Role
) -> None:
    ann, reader = make_agent(admin), asker(role)

    assert codes(reader.ask("{ agents { nodes { key } } }")) == ["FORBIDDEN"]
    assert codes(reader.ask(SET_STATE, {"input": {"agent": ann, "state": "BREAK"}})) == ["FORBIDDEN"]


def test_an_agent_sees_itself_and_its_own_states_alone(asker: MakeAsker, admin: Asker, acme: BrandRef) -> None:
    me, other = asker(Role.AGENT), make_agent(admin, "other")
    admin.data(SET_STATE, {"input": {"agent": other, "state": "BREAK"}})
    with brand_tx(acme):
        theirs = global_id("AgentState", AgentState.objects.get().id)
        agent("me", me.member_id)
    me.data(SET_STATE, {"input": {"state": "AVAILABLE"}})

    seen = me.data("{ agents { nodes { key states { nodes { state } } } } }")["agents"]["nodes"]
    node = me.ask("query($id: ID!) { node(id: $id) { id } }", {"id": theirs})

    assert seen == [{"key": "me", "states": {"nodes": [{"state": "AVAILABLE"}]}}]
    assert codes(node) == ["NOT_FOUND"]
