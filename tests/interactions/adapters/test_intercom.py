"""Intercom: real tables, and tables of the same columns with parts that belong to their conversation."""

from pathlib import Path

import pytest

from cxplatform.tenancy.brand import BrandRef
from tests.interactions.adapters.exports import REAL, adapted, with_real_exports

pytestmark = pytest.mark.django_db

CONVERSATIONS = """\
id,updated_at,created_at,state,source_type,source_delivered_as,source_author_id,source_author_type,assignee_id,\
assignee_type,priority,conversation_rating_value,conversation_rating_created_at,conversation_rating_remark
c1,2021-03-03 10:00:00,2021-03-01 09:00:00,closed,email,customer_initiated,u1,user,a1,admin,priority,4,\
2021-03-03 09:00:00,thanks
c1,2021-03-01 10:00:00,2021-03-01 09:00:00,open,email,customer_initiated,u1,user,,,,,,
c2,2021-03-03 10:00:00,2021-03-01 09:00:00,closed,whatsapp,admin_initiated,a1,admin,t1,team,not_priority,,,
"""
PARTS = """\
id,conversation_id,part_type,created_at,author_type,author_id
p1,c1,comment,2021-03-01 09:05:00,bot,b1
p2,c1,comment,2021-03-01 09:20:00,admin,a1
p3,c1,close,2021-03-01 10:00:00,admin,a1
p4,c1,open,2021-03-02 10:00:00,user,u1
p5,c1,close,2021-03-02 12:00:00,admin,a1
"""


@with_real_exports
def test_the_real_conversations_by_the_last_of_their_states(acme: BrandRef) -> None:
    made = adapted(acme, "intercom", REAL / "intercom")

    assert made.counts == {"customers": 9, "interactions": 2}
    assert made.row("interactions", "156643300001372") == {
        "source": "intercom",
        "external_id": "156643300001372",
        "version": 1604670901000,
        "channel": "CHAT",
        "direction": "INBOUND",
        "opened_at": "2020-11-04T03:12:03+00:00",
        "customer": "5f7295ca37f0d717d37dfddb",
        "priority": "NORMAL",
        "subject": "1B2M2Y8AsgTpgAmY7PhCfg==",
        "text": "qkfzcFA4UoF9SvG054IVUw==",
        "closed_at": "2020-11-06T13:55:01+00:00",
        "agent": "4077639",
        "team": "Customer support",
        "resolved": True,
        "resolved_at": "2020-11-06T13:55:01+00:00",
        "reopened_at": None,
    }
    assert made.lost == [
        "conversation_part_history.conversation_id: is not in the export: left out x9",
    ]


def test_parts_tell_the_first_human_reply_and_when_it_was_closed_and_opened(acme: BrandRef, tmp_path: Path) -> None:
    (tmp_path / "conversation_history.csv").write_text(CONVERSATIONS)
    (tmp_path / "conversation_part_history.csv").write_text(PARTS)
    (tmp_path / "team.csv").write_text("id,name\nt1,Robots\n")
    (tmp_path / "conversation_contact_history.csv").write_text("contact_id,conversation_id\nu2,c2\n")

    made = adapted(acme, "intercom", tmp_path)

    row = made.row("interactions", "c1")
    assert row["first_response_at"] == "2021-03-01T09:05:00+00:00"
    assert row["first_human_response_at"] == "2021-03-01T09:20:00+00:00"
    assert (row["resolved"], row["resolved_at"]) == (True, "2021-03-02T12:00:00+00:00")
    assert row["reopened_at"] == ["2021-03-02T10:00:00+00:00"]
    assert (row["channel"], row["priority"], row["agent"]) == ("EMAIL", "HIGH", "a1")
    other = made.row("interactions", "c2")
    assert (other["channel"], other["direction"], other["queue"], other["customer"]) == (
        "MESSAGING",
        "OUTBOUND",
        "Robots",
        "u2",
    )
    assert made.rows("survey-responses", "kind", "score", "answered_at", "interaction", "comment") == [
        ("CSAT", "4", "2021-03-03T09:00:00+00:00", "c1", "thanks")
    ]
