"""Documents that are too much are refused, and refusing them is quick."""

from time import process_time

import pytest

from tests.graphql.conftest import Asker, codes


def _doubled_fragments(levels: int) -> str:
    fragments = [
        f"fragment F{n} on Reason {{ parent {{ ...F{n + 1} }} again: parent {{ ...F{n + 1} }} }}" for n in range(levels)
    ]
    return "\n".join(
        ["{ interactions { nodes { reason { ...F0 } } } }", *fragments, f"fragment F{levels} on Reason {{ name }}"]
    )


def _spread_often(levels: int) -> str:
    fragments = [f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)]
    return "\n".join(["{ ...F0 }", *fragments, f"fragment F{levels} on Query {{ me {{ name }} }}"])


TOO_MUCH = {
    "doubled fragments": _doubled_fragments(17),
    "a field repeated 2,000 times": "{ me { " + "name " * 2_000 + "} }",
    "objects repeated within repeated objects": "{ " + ("brands { " + "nodes { " + "slug " * 40 + "} " * 2) * 40 + "}",
    "3,000 aliases": "{ me { " + " ".join(f"a{n}: name" for n in range(1_400)) + " } }",
    "nested 40 deep": "{ interactions { nodes { reason { " + "parent { " * 40 + "name" + " }" * 40 + " } } } }",
    "6,000 tokens": "{ me { name } " + ", " * 10 + "# x\n" + "me " * 6_000 + "}",
    "a fragment that spreads itself": "{ me { ...F } } fragment F on Member { ...F name }",
    "500 operations": " ".join(f"query q{n} {{ me {{ name }} }}" for n in range(500)),
    "inline fragments without end": "{ " + "... { " * 1_000 + "me { name }" + " }" * 1_000 + " }",
}


@pytest.mark.parametrize("name", TOO_MUCH)
def test_a_document_that_is_too_much_is_refused_quickly(admin: Asker, name: str) -> None:
    admin.data("{ me { name } }")
    began = process_time()

    answer = admin.ask(TOO_MUCH[name])

    assert "data" not in answer
    assert set(codes(answer)) <= {"QUERY_TOO_COMPLEX", "BAD_USER_INPUT"}
    assert process_time() - began < 1.0


def test_fragments_spread_in_a_doubling_chain_cost_nothing(admin: Asker) -> None:
    began = process_time()

    answer = admin.ask(_spread_often(40))

    assert list(answer["data"]) == ["me"]
    assert process_time() - began < 1.0


def test_a_big_dashboard_is_not_too_much(admin: Asker) -> None:
    blocks = " ".join(f"b{n}: interactions(first: 5) {{ nodes {{ ...I }} totalCount }}" for n in range(40))

    answer = admin.ask(
        f"{{ {blocks} }} fragment I on Interaction {{ id channel openedAt queue {{ key }} customer {{ id segment }} }}"
    )

    assert "errors" not in answer
    assert len(answer["data"]) == 40
