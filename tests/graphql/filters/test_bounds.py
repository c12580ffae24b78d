"""How much a `where` may ask, tried just below and just above; and values no database could compare."""

from typing import Any

import pytest

from tests.graphql.conftest import Asker, codes

ASK = "query($where: InteractionWhere) { interactions(where: $where) { nodes { id } } }"


def nested(depth: int) -> dict[str, Any]:
    where: dict[str, Any] = {}
    for _ in range(depth - 1):
        where = {"NOT": where}
    return where


def comparisons(count: int) -> dict[str, Any]:
    """Compare so many times, three times a group."""
    thrice = {"transfers": {"eq": 1, "range": {"gte": 1, "lt": 2}}}
    return {
        "AND": [thrice for _ in range(count // 3)],
        "queue": dict(list({"eq": "x", "isNull": False}.items())[: count % 3]),
    }


WITHIN = [
    nested(8),
    comparisons(50),
    {"AND": [{} for _ in range(49)]},
    {"queue": {"oneOf": ["x"] * 100}},
    {"queue": {"eq": "x" * 300}},
]
BEYOND = [
    (nested(9), "QUERY_TOO_COMPLEX"),
    (nested(150), "QUERY_TOO_COMPLEX"),
    (comparisons(51), "QUERY_TOO_COMPLEX"),
    ({"AND": [{} for _ in range(50)]}, "QUERY_TOO_COMPLEX"),
    ({"queue": {"oneOf": ["x"] * 101}}, "BAD_USER_INPUT"),
    ({"queue": {"eq": "x" * 301}}, "BAD_USER_INPUT"),
]


@pytest.mark.parametrize("where", WITHIN)
def test_what_is_within_the_bounds_is_answered(admin: Asker, where: dict[str, Any]) -> None:
    assert admin.data(ASK, {"where": where}) == {"interactions": {"nodes": []}}


@pytest.mark.parametrize(("where", "code"), BEYOND)
def test_what_is_beyond_them_is_refused(admin: Asker, where: dict[str, Any], code: str) -> None:
    answer = admin.ask(ASK, {"where": where})

    assert codes(answer) == [code]


@pytest.mark.parametrize(
    "where",
    [
        {"queue": {"eq": None}},
        {"queue": {"eq": "a\0b"}},
        {"queue": {"oneOf": [None]}},
        {"channel": {"eq": "PIGEON"}},
        {"openedAt": {"range": {"gte": "yesterday"}}},
        {"openedAt": {"eq": "0001-01-01T00:00:00Z"}},
        {"openedAt": {"eq": "9999-12-31T23:59:59-23:59"}},
        {"transfers": {"eq": 2**31}},
        {"waitSeconds": {"eq": "much"}},
        {"id": {"eq": "not base64!"}},
        {"text; DROP TABLE": {"eq": "x"}},
        {"customer": {"pk": {"eq": "x"}}},
    ],
)
def test_values_that_make_no_sense_are_refused(admin: Asker, where: dict[str, Any]) -> None:
    assert codes(admin.ask(ASK, {"where": where})) == ["BAD_USER_INPUT"]


@pytest.mark.parametrize(
    "where",
    [
        {"id": {"eq": "Q3VzdG9tZXI6MDE5MDAwMDAtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAw"}},
        {"id": {"oneOf": ["Tm90aGluZzox"]}},
        {"waitSeconds": {"range": {"gte": 1e308, "lt": -1e308}}},
        {"subject": {"contains": "%' OR 1=1 --"}},
        {"reason": {"under": "\\%_"}},
        {"queue": {"eq": "\U0001d518\u202e\uffff"}},
    ],
)
def test_odd_values_match_nothing(admin: Asker, where: dict[str, Any]) -> None:
    assert admin.data(ASK, {"where": where}) == {"interactions": {"nodes": []}}
