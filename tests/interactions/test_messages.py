"""Threads of messages: stored once, and public ones told as events by the same stroke."""

from datetime import UTC, datetime
from typing import Any

import pytest

from apps.interactions.imports import INTERACTIONS, MESSAGES
from apps.interactions.models import Interaction, InteractionEvent, Message
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.test_events import CALL, load, statuses, stored

pytestmark = pytest.mark.django_db


def message(external_id: str, author: str, time: str, **more: Any) -> dict[str, Any]:
    told = {"external_id": external_id, "interaction": "c1", "author": author, "at": f"2026-03-02T{time}Z"}
    return told | more


THREAD = [
    message("m1", "CUSTOMER", "09:00:00", text="Where is it?"),
    message("m2", "SYSTEM", "09:00:01", text="We got it."),
    message("m3", "BOT", "09:00:02", text="Try the tracking page."),
    message("m4", "HUMAN", "09:05:00", text="Look at this one.", public=False, agent="ben"),
    message("m5", "HUMAN", "09:10:00", text="It comes tomorrow.", agent="ana"),
]


def events(brand: BrandRef) -> list[tuple[str, str]]:
    with brand_tx(brand):
        return list(InteractionEvent.objects.order_by("at").values_list("external_id", "kind"))


def test_public_messages_are_events_and_notes_and_notices_are_not(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL)

    outcomes = load(acme, MESSAGES, *THREAD)

    assert statuses(outcomes) == ["ACCEPTED"] * 5
    assert events(acme) == [
        ("message:m1", "CUSTOMER_REPLIED"), ("message:m3", "BOT_REPLIED"), ("message:m5", "HUMAN_REPLIED"),
    ]  # fmt: skip
    assert stored(acme).items() >= {
        "first_response_at": datetime(2026, 3, 2, 9, 0, 2, tzinfo=UTC),
        "first_human_response_at": datetime(2026, 3, 2, 9, 10, tzinfo=UTC),
        "human_replies": 1, "agent__key": "ana", "handled_by": "HUMAN",
    }.items()  # fmt: skip


def test_a_thread_told_again_in_another_order_and_before_its_interaction_is_the_same(acme: BrandRef) -> None:
    load(acme, MESSAGES, *THREAD[3:])
    load(acme, INTERACTIONS, CALL)
    again = load(acme, MESSAGES, *reversed(THREAD))

    assert statuses(again) == ["DUPLICATE", "DUPLICATE", "ACCEPTED", "ACCEPTED", "ACCEPTED"]
    assert len(events(acme)) == 3
    assert (stored(acme)["human_replies"], stored(acme)["first_response_at"].second) == (1, 2)


def test_a_message_is_never_changed(acme: BrandRef) -> None:
    load(acme, MESSAGES, THREAD[0])

    (changed,) = load(acme, MESSAGES, THREAD[0] | {"text": "Where?", "version": 2})

    assert [(problem.field, problem.code.value) for problem in changed.errors] == [("external_id", "CONFLICT")]
    with brand_tx(acme):
        assert Message.objects.get().text == "Where is it?"


def test_only_a_persons_message_has_an_agent(acme: BrandRef) -> None:
    (refused,) = load(acme, MESSAGES, THREAD[0] | {"agent": "ana"})

    assert [(problem.field, problem.code.value) for problem in refused.errors] == [("agent", "CONFLICT")]


def test_a_long_name_makes_an_event_of_one_name_too(acme: BrandRef) -> None:
    load(acme, INTERACTIONS, CALL)
    for _ in range(2):
        load(acme, MESSAGES, THREAD[4] | {"external_id": "m" * 200})

    assert [len(name) for name, _ in events(acme)] == [40]
    with brand_tx(acme):
        assert Interaction.objects.get().human_replies == 1
