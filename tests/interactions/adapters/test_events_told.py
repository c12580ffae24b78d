"""Events that exports tell: what is loaded of them comes to what the vendor states itself."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from apps.interactions.adapters.adapter import Made
from apps.interactions.adapters.export import Export, Options
from apps.interactions.adapters.happened import happened, made_with_events
from apps.interactions.adapters.report import Report
from apps.interactions.adapters.shelf import Shelf
from apps.interactions.models import Interaction, InteractionEvent, Message
from apps.interactions.refolding import as_given
from apps.interactions.timing.events import EventKind
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.adapters.exports import adapted
from tests.interactions.adapters.test_genesys import ABANDONED, ANSWERED, BY_A_BOT, conversation, participant, segment
from tests.interactions.adapters.test_intercom import CONVERSATIONS, PARTS
from tests.interactions.adapters.test_twilio import CALL
from tests.interactions.adapters.test_zendesk import TICKET, USERS, page, update

pytestmark = pytest.mark.django_db

# What events tell and rows state: who did it and where, events know better.
STATED = (
    "wait_seconds", "answered", "abandoned", "talk_seconds", "hold_seconds", "after_call_seconds", "transfers",
    "first_response_at", "first_human_response_at", "resolved", "resolved_at", "closed_at", "reopened_at",
)  # fmt: skip


def load(vendor: str, *paths: Path) -> list[str]:
    out = StringIO()
    call_command("adapt", vendor, *map(str, paths), "--brand", "acme", stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()


def contacts() -> dict[str, Interaction]:
    """Return what was loaded, once all of it stands by its events and comes to what its rows state."""
    found = {row.external_id: row for row in Interaction.objects.select_related("queue", "agent")}
    for row in found.values():
        assert row.timing_source == "EVENTS"
        stated = as_given(row.as_imported)
        for name in STATED:
            value = getattr(row, name)
            said = getattr(stated, name)
            assert said is None or (tuple(value) if isinstance(value, list) else value) == said, (row, name)
    return found


def events() -> list[tuple[str, str | None, str | None]]:
    told = InteractionEvent.objects.order_by("at", "kind").values_list("kind", "agent__key", "queue__key")
    return list(told)


def call(sid: str, begin: int, end: int, **more: Any) -> dict[str, Any]:
    at = "2021-08-31T20:{:02}:{:02}Z"
    start, stop = (at.format(*divmod(second, 60)) for second in (begin, end))
    told = {"start_time": start, "end_time": stop, "duration": end - begin}
    return {**CALL, "sid": sid, **told, **more}


def leg(sid: str, begin: int, end: int, to: str, **more: Any) -> dict[str, Any]:
    return call(sid, begin, end, to=to, direction="outbound-dial", parent_call_sid="CA1", **more)


def calls_in(folder: Path, *calls: dict[str, Any]) -> Path:
    file = folder / "calls.json"
    file.write_text(json.dumps({"calls": calls}))
    return file


def test_twilios_legs_are_whom_it_rang_who_took_it_and_whom_it_was_handed_to(acme: BrandRef, tmp_path: Path) -> None:
    file = calls_in(
        tmp_path,
        call("CA1", 0, 300),
        leg("CA2", 5, 20, "client:bo", status="no-answer"),
        leg("CA3", 30, 90, "client:al"),
        leg("CA4", 100, 300, "client:cy"),
        call("CA9", 0, 25, status="no-answer"),
    )

    load("twilio", file)
    again = load("twilio", file)

    with brand_tx(acme):
        found = contacts()
        assert (found["CA1"].wait_seconds, found["CA1"].talk_seconds, found["CA1"].blind_transfers) == (30, 260, 1)
        assert (found["CA9"].abandoned, found["CA9"].wait_seconds) == (True, 25)
        assert events() == [
            ("RINGING", "bo", None), ("ABANDONED", None, None), ("ANSWERED", "al", None),
            ("TRANSFERRED_BLIND", "cy", None), ("ANSWERED", "cy", None), ("ENDED", None, None),
        ]  # fmt: skip
    assert again[-1] == "DONE: 6 rows = 0 accepted + 0 updated + 6 duplicates + 0 rejected"


def test_two_legs_that_talk_at_once_are_no_stream_of_events_and_the_row_stands(acme: BrandRef, tmp_path: Path) -> None:
    file = calls_in(tmp_path, call("CA1", 0, 300), leg("CA3", 30, 90, "client:al"), leg("CA4", 60, 300, "client:cy"))

    made = adapted(acme, "twilio", file)

    assert made.rows("interactions", "talk_seconds") == [300.0]
    assert made.counts == {"customers": 1, "interactions": 1}
    assert made.lost == ["interactions.talk_seconds: is not what its events come to: these are left out x1"]


@pytest.mark.parametrize(("talked", "agrees"), [("60", True), (60, True), ("59.5", False), ("a while", True)])
def test_a_row_states_what_the_import_reads_in_it(tmp_path: Path, *, talked: Any, agrees: bool) -> None:
    export = Export("acmedesk", [], [], report=Report(), shelf=Shelf(tmp_path), options=Options())
    row = Made("interactions", {"external_id": "1", "opened_at": "2026-01-05T09:00:00Z", "talk_seconds": talked}, "")
    events = [happened(kind, f"2026-01-05T09:0{n}:00Z") for n, kind in enumerate((EventKind.ANSWERED, EventKind.ENDED))]

    made = list(made_with_events(export, row, events))

    assert len(made) == (3 if agrees else 1)
    assert bool(export.report.losses) is not agrees


def test_genesys_segments_are_waits_talks_holds_and_work_afterwards(acme: BrandRef, tmp_path: Path) -> None:
    file = tmp_path / "details.json"
    file.write_text(json.dumps({"conversations": [ANSWERED, ABANDONED]}))

    load("genesys", file)

    with brand_tx(acme):
        found = contacts()
        answered = found["g-1"]
        assert (answered.talk_seconds, answered.hold_seconds, answered.after_call_seconds) == (265, 30, 20)
        assert answered.bot_handed_off_at is not None
        assert answered.queue is not None
        assert (answered.queue.key, answered.blind_transfers) == ("q-2", 1)
        told = InteractionEvent.objects.filter(interaction_external_id="g-1").order_by("at")
        assert sorted(told.values_list("kind", flat=True)) == [
            "ANSWERED", "ANSWERED", "BOT_HANDED_OFF", "ENDED", "HELD", "QUEUED", "QUEUED", "RESUMED", "RINGING",
            "TRANSFERRED_BLIND", "WRAPPED_UP",
        ]  # fmt: skip


def test_a_consultation_is_no_stream_of_events_and_a_bots_talk_has_none(acme: BrandRef, tmp_path: Path) -> None:
    both = [
        participant("agent", segment("interact", begin, end), userId=who)
        for who, begin, end in (("al", 10, 60), ("bo", 40, 90))
    ]
    file = tmp_path / "details.json"
    file.write_text(json.dumps([conversation("g-9", *both), BY_A_BOT]))

    made = adapted(acme, "genesys", file, channel="PHONE")

    assert "interaction-events" not in made.counts
    assert "interactions.talk_seconds: is not what its events come to: these are left out x1" in made.lost


def test_intercoms_parts_are_a_thread_and_what_became_of_it(acme: BrandRef, tmp_path: Path) -> None:
    (tmp_path / "conversation_history.csv").write_text(CONVERSATIONS)
    more = "p6,c1,note,2021-03-02 11:00:00,admin,a1\np7,c2,close,2021-03-01 09:30:00,admin,a1\n"
    (tmp_path / "conversation_part_history.csv").write_text(PARTS + more)

    load("intercom", tmp_path)

    with brand_tx(acme):
        found = contacts()
        assert found["c1"].first_resolved_at is not None
        assert (found["c1"].human_replies, found["c1"].resolved) == (1, True)
        thread = Message.objects.order_by("at").values_list("external_id", "author", "public", "agent__key")
        assert list(thread) == [("p1", "BOT", True, None), ("p2", "HUMAN", True, "a1"), ("p6", "HUMAN", False, "a1")]
        told = InteractionEvent.objects.filter(interaction_external_id="c1").order_by("at", "kind")
        assert list(told.values_list("kind", flat=True)) == [
            "BOT_REPLIED", "HUMAN_REPLIED", "CLOSED", "RESOLVED", "REOPENED", "CLOSED", "RESOLVED",
        ]  # fmt: skip


def test_zendesks_changes_and_comments_tell_waiting_queues_priorities_and_replies(
    acme: BrandRef, tmp_path: Path
) -> None:
    said = {"event_type": "Comment", "public": True}
    changes = [
        update(1, "2021-03-01T09:00:00Z", {"event_type": "Create", "status": "new", "group_id": 7}, said, updater=1),
        update(2, "2021-03-01T10:00:00Z", {**said, "body": "Which one?"}, {"status": "pending"}),
        update(3, "2021-03-01T11:00:00Z", {"group_id": 8}),
        update(4, "2021-03-01T12:00:00Z", {**said, "body": "The red one."}, {"status": "open"}, updater=1),
        update(5, "2021-03-01T13:00:00Z", {"priority": "high", "previous_value": "low"}, {"status": "hold"}),
        update(6, "2021-03-01T14:00:00Z", {"status": "solved"}),
        update(7, "2021-03-02T14:00:00Z", {"status": "closed"}),
    ]
    groups = [{"id": 7, "name": "Front"}, {"id": 8, "name": "Back"}]
    file = page(tmp_path, "all.json", tickets=[TICKET], ticket_events=changes, users=USERS, groups=groups)

    said_of_it = load("zendesk", file)

    with brand_tx(acme):
        (ticket,) = contacts().values()
        assert ticket.queue is not None
        assert (ticket.queue.key, ticket.priority) == ("Back", "HIGH")
        # It was opened with these; a policy goes by them.
        assert ticket.as_imported["priority"] == "LOW"
        thread = Message.objects.order_by("at").values_list("author", "agent__key", "text")
        assert list(thread) == [("HUMAN", "9", "Which one?"), ("CUSTOMER", None, "The red one.")]
        assert events() == [
            ("QUEUED", None, "Front"), ("HUMAN_REPLIED", "9", None), ("WAITING_ON_CUSTOMER", None, None),
            ("QUEUED", None, "Back"), ("WAITING_ON_CUSTOMER", None, None), ("CUSTOMER_REPLIED", None, None),
            ("QUEUED", None, None), ("PRIORITISED", None, None), ("RESOLVED", None, None), ("CLOSED", None, None),
        ]  # fmt: skip
    hold = "'hold' waits for a third party, of which we know no event: goes on as open"
    assert [line for line in said_of_it if hold in line]
