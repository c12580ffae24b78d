"""Ask operations one by one: how many statements each sends, and what of it was not carried out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.db import connections
from django.test.utils import CaptureQueriesContext

from tests.graphql.conftest import Asker

# What opens and closes doors and savepoints; the rest reads and writes data, the check of the key included.
_OF_DOORS = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class Counting:
    """What was asked so far, by name: its statements, and of what was refused, why."""

    counted: dict[str, dict[str, int]] = field(default_factory=dict)
    refused: dict[str, list[str]] = field(default_factory=dict)

    def ask(self, name: str, asker: Asker, query: str, variables: dict[str, Any]) -> None:
        body = orjson.dumps({"query": query, "variables": variables})
        self.count(name, asker, lambda: asker.post(body).content)

    def count(self, name: str, asker: Asker, ask: Callable[[], bytes]) -> None:
        """Count what one answer takes; `ask` returns it as JSON."""
        # Notes the use of the key, which happens once a minute, however long all this takes.
        asker.data("{ me { id } }")
        with CaptureQueriesContext(connections["default"]) as captured:
            answer = orjson.loads(ask())
        statements = [str(each["sql"]).lstrip() for each in captured.captured_queries]
        doors = [text for text in statements if text.startswith(_OF_DOORS) or _opens_a_door_alone(text)]
        self.counted[name] = {"data": len(statements) - len(doors), "door": len(doors)}
        found = faults(answer)
        if found:
            self.refused[name] = found


def _opens_a_door_alone(text: str) -> bool:
    """Tell whether nothing is read by the same message, as the key is."""
    return "set_config(" in text and "; SELECT" not in text


def faults(answer: dict[str, Any]) -> list[str]:
    """List what an answer lacks: its errors, those of inputs, and root fields that are null without any."""
    found = [f"{error['extensions']['code']}: {error['message']}" for error in answer.get("errors", ())]
    for name, value in (answer.get("data") or {}).items():
        if value is None and not found:
            found.append(f"{name} is null")
        if isinstance(value, dict):
            found += (f"{name}: {error}" for error in value.get("userErrors") or ())
    return found
