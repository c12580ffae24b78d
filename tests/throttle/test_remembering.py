"""What is worked out of headers is kept, but not what would fill the memory."""

import pytest

from cxplatform.graphql import negotiation
from cxplatform.remembering import LONGEST, remembered
from cxplatform.throttle.addresses import client_address


def test_what_is_short_is_worked_out_once_and_what_is_long_each_time() -> None:
    seen = []

    @remembered(2)
    def length(text: str, *, more: str | None = None) -> int:
        seen.append(text)
        return len(text) + len(more or "")

    short, long = "x" * LONGEST, "y" * (LONGEST + 1)
    assert [length(short), length(long), length(short), length(long)] == [LONGEST, LONGEST + 1] * 2
    assert seen == [short, long, long]
    assert length("", more=long) == length("", more=long) == LONGEST + 1
    assert seen[3:] == ["", ""]


def test_no_more_is_kept_than_so_much() -> None:
    seen = []

    @remembered(2)
    def noted(text: str) -> None:
        seen.append(text)

    for text in "abcabcc":
        noted(text)

    assert seen == [*"abcabc"]


@pytest.mark.parametrize("find", [negotiation.answer_type, negotiation.readable])
def test_a_long_header_is_read_as_a_short_one_is(find: object) -> None:
    assert callable(find)
    padding = f"text/x;a={'a' * 300}, "

    assert negotiation.answer_type(f"{padding}application/json") == "application/json"
    assert negotiation.readable(f"application/json; a={'a' * 300}")
    assert find("application/json") == find("application/json")


def test_proxies_are_believed_as_they_are_set_now(settings: object) -> None:
    for proxies, expected in (([], "10.0.0.1"), (["10.0.0.0/8"], "1.2.3.4"), ([], "10.0.0.1")):
        settings.CX_TRUSTED_PROXIES = proxies  # type: ignore[attr-defined]  # pytest-django's
        assert client_address("10.0.0.1", "9.9.9.9, 1.2.3.4") == expected
        assert client_address("10.0.0.1", "9.9.9.9, " * 100 + "1.2.3.4") == expected
