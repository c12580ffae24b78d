"""Messages through the API: who writes them, who reads their words, and what they tell."""

from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions.models import InteractionEvent, Message
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import agent, interaction

RECORD = """mutation($input: RecordMessageInput!) { recordMessage(input: $input) {
  message { author public text agent { key } interaction { humanReplies timingSource } }
  userErrors { code field } } }"""
REPLY = {"interaction": "c1", "author": "HUMAN", "at": "2026-03-02T09:10:00Z", "text": "It comes tomorrow."}


@pytest.fixture
def me(asker: MakeAsker, acme: BrandRef) -> Asker:
    """The agent `me`, who handled `c1`; another handled `theirs`."""
    made = asker(Role.AGENT)
    with brand_tx(acme):
        interaction("c1", agent=agent("me", made.member_id))
        interaction("theirs", agent=agent("other"))
    return made


def record(asker: Asker, **given: Any) -> Any:
    return asker.data(RECORD, {"input": REPLY | given})["recordMessage"]


def test_an_agent_replies_as_itself_and_the_reply_counts(me: Asker) -> None:
    assert record(me)["message"] == {
        "author": "HUMAN", "public": True, "text": "It comes tomorrow.", "agent": {"key": "me"},
        "interaction": {"humanReplies": 1, "timingSource": "EVENTS"},
    }  # fmt: skip


@pytest.mark.parametrize("given", [{"interaction": "theirs"}, {"interaction": "unknown"}, {"agent": "other"}])
def test_an_agent_writes_nowhere_else_and_as_nobody_else(me: Asker, acme: BrandRef, given: dict[str, Any]) -> None:
    answer = me.ask(RECORD, {"input": REPLY | given})

    assert codes(answer) == ["FORBIDDEN"]
    with brand_tx(acme):
        assert (Message.objects.count(), InteractionEvent.objects.count()) == (0, 0)


def test_the_same_idempotency_key_writes_one_message_and_one_event(me: Asker, acme: BrandRef) -> None:
    for _ in range(2):
        answer = me.ask(RECORD, {"input": REPLY | {"at": "2026-03-02T09:11:00Z"}}, **{"idempotency-key": "reply-1"})
        assert "errors" not in answer

    with brand_tx(acme):
        assert (Message.objects.count(), InteractionEvent.objects.count()) == (1, 1)


def test_whoever_may_not_read_personal_data_reads_no_words(me: Asker, asker: MakeAsker) -> None:
    record(me)

    answer = asker(Role.ANALYST).ask("{ interactions { nodes { messages { nodes { author text } } } } }")

    assert set(codes(answer)) == {"FORBIDDEN"}
    threads = [node["messages"]["nodes"] for node in answer["data"]["interactions"]["nodes"]]
    assert sorted(threads, key=len) == [[], [{"author": "HUMAN", "text": None}]]
    hidden = asker(Role.ANALYST).ask(
        '{ interactions { nodes { messages(where: {text: {contains: "tomorrow"}}) { totalCount } } } }'
    )
    assert set(codes(hidden)) == {"FORBIDDEN"}


def test_the_trail_knows_of_the_words_only_that_there_are_some(me: Asker, acme: BrandRef) -> None:
    record(me)

    (event,) = [event for event in trail(acme) if event.action == "record_message"]
    assert "(personal)" in str(event.after)
    assert "tomorrow" not in str(event.after)
