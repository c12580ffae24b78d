"""The examples of docs/api.md: what is asked, with which variables and by whom, and the answer that is shown."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graphql import OperationDefinitionNode, parse

from tests.node import PROJECT

_BLOCK = re.compile(r"^```(?P<language>\w+)(?P<words>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """One operation of the page. `role`: whose key asks, `as=admin` beside the fence; an analyst's else."""

    name: str
    query: str
    variables: dict[str, Any]
    role: str
    live: bool
    answer: dict[str, Any]


def examples() -> list[Example]:
    """Read them all, in order. An example without an answer below it is a mistake."""
    return list(_examples((PROJECT / "docs/api.md").read_text()))


def _examples(page: str) -> Iterator[Example]:
    variables: dict[str, Any] = {}
    blocks = [(found["language"], found["words"].split(), found["text"]) for found in _BLOCK.finditer(page)]
    for place, (language, words, text) in enumerate(blocks):
        if (language, words) == ("json", ["variables"]):
            variables |= json.loads(text)
        if language == "graphql":
            below, shown = blocks[place + 1][0], blocks[place + 1][2]
            assert below == "json", f"no answer below {text}"
            yield _example(text, words, variables, json.loads(shown))


def _example(text: str, words: list[str], variables: dict[str, Any], shown: dict[str, Any]) -> Example:
    [operation] = [node for node in parse(text).definitions if isinstance(node, OperationDefinitionNode)]
    assert operation.name is not None, f"no name: {text}"
    taken = {node.variable.name.value for node in operation.variable_definitions or ()}
    role = next((word.removeprefix("as=") for word in words if word.startswith("as=")), "analyst")
    given = {name: value for name, value in variables.items() if name in taken}
    return Example(operation.name.value, text, given, role, "subscription" in words, shown)
