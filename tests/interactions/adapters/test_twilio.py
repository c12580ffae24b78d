"""Twilio: real calls, and calls with legs as its API tells them."""

import json
from pathlib import Path

import pytest

from apps.interactions.adapters.people import customer_key
from cxplatform.tenancy.brand import BrandRef
from tests.interactions.adapters.exports import REAL, adapted, with_real_exports

pytestmark = pytest.mark.django_db

CALL = {"sid": "CA1", "direction": "inbound", "status": "completed", "from": "+1 555 0100", "to": "+15550199"}
OPENED = "Tue, 31 Aug 2021 20:36:28 +0000"


@with_real_exports
def test_the_real_calls_are_all_taken_but_that_of_the_thirtieth_of_february(acme: BrandRef) -> None:
    made = adapted(acme, "twilio", REAL / "twilio")

    assert made.counts == {"customers": 1, "interactions": 8, "interaction-events": 2}
    outcomes = made.rows("interactions", "direction", "answered", "abandoned")
    assert sorted(outcomes) == [("INBOUND", False, True)] * 2 + [("INBOUND", True, False)] * 6
    assert made.row("interactions", "CAac94ca9007f3ad9236ez26f1e6aa15e4") == {
        "source": "twilio",
        "external_id": "CAac94ca9007f3ad9236ez26f1e6aa15e4",
        "version": 1675388610000,
        "channel": "PHONE",
        "direction": "INBOUND",
        "opened_at": "2023-02-03T01:43:30+00:00",
        "closed_at": "2023-02-03T01:43:30+00:00",
        "customer": customer_key("15555555555"),
        "abandoned": False,
        "answered": True,
        "talk_seconds": None,
    }
    never = "'2022-02-30 17:23:13.000000 UTC' is no date and time x1"
    assert made.lost == [
        *(f"call.{column}: {never}" for column in ("start_time", "end_time", "updated_at")),
        "interactions.opened_at: must be given: the row is left out x1",
    ]
    assert "twilio_message_data.csv" in made.report.unread_files
    assert made.report.untaken()["call"]["queue_time"] == 9


def test_the_legs_of_a_call_tell_its_agent_its_wait_its_talk_and_transfers(acme: BrandRef, tmp_path: Path) -> None:
    legs = [
        {"sid": "CA2", "status": "no-answer", "to": "client:bo", "start_time": "Tue, 31 Aug 2021 20:36:30 +0000"},
        {"sid": "CA4", "status": "completed", "to": "client:cy", "start_time": "Tue, 31 Aug 2021 20:38:28 +0000"},
        {"sid": "CA3", "status": "completed", "to": "client:al", "start_time": "Tue, 31 Aug 2021 20:36:58 +0000"},
    ]
    calls = [
        {**leg, "direction": "outbound-dial", "from": "x", "parent_call_sid": "CA1", "duration": 60} for leg in legs
    ]
    stray = {**CALL, "sid": "CA8", "parent_call_sid": "CA7", "start_time": OPENED}
    file = tmp_path / "page.json"
    file.write_text(
        json.dumps({"calls": [*calls, stray, {**CALL, "start_time": OPENED, "duration": "200"}], "page": 0})
    )

    made = adapted(acme, "twilio", file)

    (row,) = made.rows("interactions", "external_id", "agent", "wait_seconds", "talk_seconds", "transfers", "answered")
    assert row == ("CA1", "cy", 30.0, 120.0, 1, True)
    assert made.lost == ["call.parent_call_id: 'CA7' is not in the export: left out x1"]


def test_a_number_is_one_customer_however_it_is_written_and_is_no_key(acme: BrandRef, tmp_path: Path) -> None:
    file = tmp_path / "calls.json"
    calls = [
        {**CALL, "sid": "CA1", "start_time": OPENED},
        {**CALL, "sid": "CA2", "start_time": OPENED, "from": "tel:+15550100"},
        {**CALL, "sid": "CA3", "start_time": OPENED, "direction": "outbound-api", "to": "+1 (555) 0100"},
    ]
    file.write_text(json.dumps(calls))

    made = adapted(acme, "twilio", file)

    assert len(set(made.rows("interactions", "customer"))) == 1
    assert made.rows("customers", "phone") == ["+1 555 0100"]
    assert "5550100" not in made.rows("customers", "external_id")[0]


def test_of_two_states_of_one_call_the_newer_counts(acme: BrandRef, tmp_path: Path) -> None:
    file = tmp_path / "call.csv"
    file.write_text(
        "id,direction,status,from,to,start_time,updated_at\n"
        "CA1,inbound,completed,1,2,2021-08-31T20:36:28Z,2021-08-31T20:40:00Z\n"
        "CA1,inbound,in-progress,1,2,2021-08-31T20:36:28Z,2021-08-31T20:37:00Z\n"
    )

    assert adapted(acme, "twilio", file).rows("interactions", "answered") == [True]
