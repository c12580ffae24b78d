"""Genesys Cloud: conversation details as its analytics API gives them."""

import json
from pathlib import Path
from typing import Any

import pytest

from apps.interactions.adapters.people import customer_key
from cxplatform.tenancy.brand import BrandRef
from tests.interactions.adapters.exports import adapted

pytestmark = pytest.mark.django_db


def at(seconds: int) -> str:
    return f"2024-04-29T17:{seconds // 60:02}:{seconds % 60:02}.000Z"


def segment(kind: str, begin: int, end: int, **more: Any) -> dict[str, Any]:
    return {"segmentType": kind, "segmentStart": at(begin), "segmentEnd": at(end), "queueId": "q-1", **more}


def participant(purpose: str, *segments: dict[str, Any], metrics: Any = (), **more: Any) -> dict[str, Any]:
    session = {"mediaType": "voice", "ani": "tel:+4930123456", "segments": list(segments), "metrics": list(metrics)}
    return {"participantId": f"p-{purpose}", "purpose": purpose, "sessions": [session], **more}


def conversation(key: str, *participants: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "conversationId": key,
        "conversationStart": at(0),
        "conversationEnd": at(400),
        "originatingDirection": "inbound",
        "participants": list(participants),
        **more,
    }


CALLER = participant("customer", segment("interact", 0, 400))
ANSWERED = conversation(
    "g-1",
    CALLER,
    participant("ivr", segment("ivr", 0, 20)),
    participant("acd", segment("interact", 20, 65)),
    participant("agent", segment("alert", 50, 55), userId="nobody"),
    participant(
        "agent",
        segment("interact", 65, 100),
        segment("hold", 100, 130),
        segment("interact", 130, 200, disconnectType="transfer"),
        segment("wrapup", 200, 220, wrapUpCode="w-1"),
        userId="first",
        metrics=[{"name": "nTransferred", "value": 1, "emitDate": at(200)}],
    ),
    participant("acd", segment("interact", 200, 240, queueId="q-2")),
    participant("agent", segment("interact", 240, 400, queueId="q-2"), userId="second"),
    surveys=[
        {
            "surveyId": "s-1",
            "surveyFormId": "f",
            "surveyStatus": "Finished",
            "surveyPromoterScore": 9,
            "surveyCompletedDate": at(900),
        },
        {"surveyId": "s-2", "surveyStatus": "Pending"},
    ],
)
ABANDONED = conversation(
    "g-2", CALLER, participant("acd", segment("delay", 20, 48), metrics=[{"name": "tAbandon", "value": 28000}])
)
BY_A_BOT = conversation("g-3", CALLER, participant("ivr", segment("ivr", 0, 30)))


@pytest.mark.parametrize("whole", [{"conversations": [ANSWERED], "totalHits": 1}, [ANSWERED], ANSWERED])
def test_an_answered_call_with_its_hold_its_wrap_up_and_its_transfer(
    acme: BrandRef, tmp_path: Path, *, whole: Any
) -> None:
    file = tmp_path / "details.json"
    file.write_text(json.dumps(whole))

    made = adapted(acme, "genesys", file)

    assert made.rows("interactions") == [
        {
            "source": "genesys",
            "external_id": "g-1",
            "version": 1714410400000,
            "channel": "PHONE",
            "direction": "INBOUND",
            "opened_at": "2024-04-29T17:00:00+00:00",
            "closed_at": "2024-04-29T17:06:40+00:00",
            "customer": customer_key("+4930123456"),
            "queue": "q-2",
            "agent": "second",
            "wait_seconds": 45.0,
            "answered": True,
            "abandoned": False,
            "handled_by": "HUMAN",
            "talk_seconds": 35.0 + 70.0 + 160.0,
            "hold_seconds": 30.0,
            "after_call_seconds": 20.0,
            "transfers": 1,
        }
    ]
    assert made.rows("customers", "phone") == ["+4930123456"]
    assert made.rows("survey-responses", "kind", "score", "survey", "interaction") == [("NPS", "9", "genesys-f", "g-1")]
    assert made.lost == [
        "segment.wrapUpCode: 'w-1' has no name in the export: left out x1",
        "survey.surveyStatus: 'Pending' is no finished survey with a promoter score: left out x1",
    ]


def test_who_gave_up_in_the_queue_waited_in_vain_and_who_spoke_to_a_bot_alone_waited_for_nobody(
    acme: BrandRef, tmp_path: Path
) -> None:
    file = tmp_path / "details.json"
    file.write_text(json.dumps({"conversations": [ABANDONED, BY_A_BOT]}))

    made = adapted(acme, "genesys", file)

    told = made.rows("interactions", "external_id", "answered", "abandoned", "wait_seconds", "handled_by")
    assert told == [("g-2", False, True, 28.0, "HUMAN"), ("g-3", None, False, None, "BOT")]


def test_a_contact_that_genesys_knows_is_the_customer(acme: BrandRef, tmp_path: Path) -> None:
    file = tmp_path / "details.json"
    file.write_text(json.dumps(conversation("g-4", {**CALLER, "externalContactId": "EC-1"})))

    made = adapted(acme, "genesys", file)

    assert (made.counts, made.rows("interactions", "customer")) == ({"interactions": 1}, ["EC-1"])


@pytest.mark.parametrize("broken", [None, "x", 3, [None], [{"sessions": [7]}], [{"sessions": [{"segments": ["x"]}]}]])
def test_participants_of_another_shape_cost_no_more_than_themselves(
    acme: BrandRef, tmp_path: Path, *, broken: Any
) -> None:
    file = tmp_path / "details.json"
    odd = {**conversation("g-5"), "participants": broken, "surveys": broken}
    file.write_text(json.dumps({"conversations": [odd, BY_A_BOT]}))

    assert adapted(acme, "genesys", file, channel="PHONE").rows("interactions", "external_id")[-1] == "g-3"
