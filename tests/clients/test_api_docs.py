"""docs/api.md does what it says: every example on it is run, and its answer has the shape that is shown."""

import json
import urllib.request
from typing import Any

import pytest

from tests.clients.conftest import Service
from tests.clients.documented import Example, examples

EXAMPLES = examples()
# What an example teaches and the data does not decide.
_AS_SHOWN = {
    "code",
    "role",
    "permissions",
    "unit",
    "method",
    "level",
    "timeZone",
    "currency",
    "channel",
    "userErrors",
    "maximumAvailable",
    "restoreRate",
}


@pytest.mark.parametrize("example", [pytest.param(example, id=example.name) for example in EXAMPLES])
def test_the_example_is_answered_as_shown(service: Service, example: Example) -> None:
    answer = _followed(service, example) if example.live else _asked(service, example)
    if "extensions" not in example.answer:
        answer.pop("extensions", None)

    assert list(_differences(example.answer, answer, "answer")) == []


def test_the_page_is_whole() -> None:
    assert len(EXAMPLES) >= 10
    assert len({example.name for example in EXAMPLES}) == len(EXAMPLES)


def _asked(service: Service, example: Example) -> dict[str, Any]:
    with urllib.request.urlopen(_request(service.graphql, service, example), timeout=30) as response:
        answer: dict[str, Any] = json.load(response)
        return answer


def _followed(service: Service, example: Example) -> dict[str, Any]:
    """Return the first event of a stream."""
    address = f"http://127.0.0.1:{service.live_port}/graphql/stream"
    with urllib.request.urlopen(_request(address, service, example), timeout=30) as stream:
        for line in stream:
            if line.startswith(b"data: {"):
                event: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                return event
    pytest.fail("the stream ended without an event")


def _request(address: str, service: Service, example: Example) -> urllib.request.Request:
    body = json.dumps({"query": example.query, "variables": example.variables}).encode()
    headers = {"Authorization": f"Bearer {service.keys[example.role]}", "Content-Type": "application/json"}
    return urllib.request.Request(address, body, headers | ({"Accept": "text/event-stream"} if example.live else {}))


def _differences(shown: Any, given: Any, place: str) -> list[str]:
    """Compare keys, kinds of values and the first elements of lists; a null that is shown may be anything."""
    if shown is None:
        return []
    if isinstance(shown, dict) and isinstance(given, dict):
        if shown.keys() != given.keys():
            return [f"{place} has {sorted(given)}, shown are {sorted(shown)}"]
        found = [_differences_of(name, shown[name], given[name], f"{place}.{name}") for name in shown]
        return [difference for part in found for difference in part]
    if isinstance(shown, list) and isinstance(given, list):
        if shown and not given:
            return [f"{place} is empty"]
        return _differences(shown[0], given[0], f"{place}[0]") if shown else []
    return [] if _kind(shown) == _kind(given) else [f"{place} is {given!r}, shown is {shown!r}"]


def _differences_of(name: str, shown: Any, given: Any, place: str) -> list[str]:
    if name in _AS_SHOWN:
        return [] if shown == given else [f"{place} is {given!r}, shown is {shown!r}"]
    return _differences(shown, given, place)


def _kind(value: object) -> type:
    return float if type(value) is int else type(value)
