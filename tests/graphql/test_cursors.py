"""Cursors that nobody was given: whatever a client makes up is its own fault, never ours."""

import base64
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cxplatform.errors import BadInput
from cxplatform.graphql.cursors import read_cursor
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, codes
from tests.graphql.rows import Survey, answer_to, customer, interaction

KEY = str(uuid7())
MOMENT = "2026-03-02T09:00:00+00:00"
# The orders of the lists: their names, as cursors hold them, and how they are asked for.
ORDERS = [
    ("-opened_at,-id", "interactions(before: $cursor)"),
    ("external_id,id", "customers(after: $cursor, orderBy: [{field: EXTERNAL_ID, direction: ASC}])"),
    ("-score,-id", "surveyResponses(after: $cursor, orderBy: [{field: SCORE, direction: DESC}])"),
    ("key,id", "surveys(after: $cursor)"),
    ("key", "brands(after: $cursor)"),
]

OFFSETS = st.builds("{}{:02}:{:02}".format, st.sampled_from("+-"), st.integers(0, 23), st.integers(0, 59))
MOMENTS = st.builds("{}{}".format, st.datetimes().map(datetime.isoformat), OFFSETS)
IDS = st.uuids().map(str) | st.sampled_from([KEY.upper(), f"{{{KEY}}}", f"urn:uuid:{KEY}", KEY.replace("-", "")])
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | st.text()
JSON = st.recursive(SCALARS | MOMENTS | IDS, lambda its: st.lists(its) | st.dictionaries(st.text(), its), max_leaves=4)


def _cursor(packed: object) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(packed)).decode().rstrip("=")


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(order=st.sampled_from(ORDERS), values=st.lists(JSON, max_size=3) | st.tuples(JSON, IDS).map(list))
@example(order=ORDERS[0], values=["0001-01-01T00:00:00+14:00", KEY])
@example(order=ORDERS[0], values=["9999-12-31T23:59:59-14:00", KEY])
@example(order=ORDERS[0], values=["0001-01-01T00:00:00+00:00", KEY])
@example(order=ORDERS[0], values=["2026-03-02T09:00:00+23:59", KEY])
@example(order=ORDERS[0], values=["2026-03-02T09:00:00+00:00:00.000001", KEY])
@example(order=ORDERS[0], values=[MOMENT, 7])
@example(order=ORDERS[0], values=[MOMENT, f"urn:uuid:{KEY}"])
@example(order=ORDERS[1], values=["a\0b", KEY])
@example(order=ORDERS[2], values=[2**63, KEY])
@example(order=ORDERS[2], values=[-(2**63), KEY])
@example(order=ORDERS[4], values=["\0"])
def test_a_cursor_made_up_is_a_position_or_bad_input(
    admin: Asker, one_of_each: None, order: tuple[str, str], values: list[Any]
) -> None:
    name, field = order
    query = f"query($cursor: String) {{ found: {field} {{ nodes {{ id }} }} }}"

    answer = admin.ask(query, {"cursor": _cursor([name, *values])})

    assert answer["data"]["found"] is not None or codes(answer) == ["BAD_USER_INPUT"]


@pytest.fixture
def one_of_each(acme: BrandRef, admin: Asker) -> None:
    with brand_tx(acme):
        made = interaction("i", customer=customer("c"))
        answer_to(
            Survey.objects.create(key="s", kind="CSAT", scope="TRANSACTIONAL"),
            "a",
            5,
            interaction_external_id=made.external_id,
        )


def test_an_instant_of_a_cursor_is_in_utc() -> None:
    (moment,) = read_cursor("o", [datetime], _cursor(["o", "2026-03-02T09:00:00+23:59"]))

    assert (moment, moment.tzinfo) == (datetime(2026, 3, 1, 9, 1, tzinfo=UTC), UTC)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (datetime, "0001-01-01T00:00:00+14:00"),
        (datetime, "2026-03-02T09:00:00"),
        (datetime, 1),
        (str, "a\0b"),
        (int, 2**63),
        (int, True),
        (int, 1.0),
    ],
)
def test_a_value_the_database_cannot_compare_is_refused(kind: type, value: object) -> None:
    with pytest.raises(BadInput):
        read_cursor("o", [kind], _cursor(["o", value]))
