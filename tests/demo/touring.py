"""The queries of docs/tour.md with the answers below them; written anew where the page is told to be."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/tour.md"
_PAIR: Final = re.compile(r"^```graphql\n(?P<query>.*?)^```\n\n```json\n(?P<answer>.*?)^```$", re.MULTILINE | re.DOTALL)
_NAME: Final = re.compile(r"query (\w+)")
_DIGITS: Final = 3


@dataclass(frozen=True)
class Stop:
    """One query of the page, and the data that is shown as its answer; None where none is written yet."""

    name: str
    query: str
    answer: Any


def stops() -> list[Stop]:
    return [_stop(found) for found in _PAIR.finditer(PAGE.read_text())]


def rewrite(answers: dict[str, Any]) -> None:
    """Put these answers in the place of those on the page."""

    def anew(found: re.Match[str]) -> str:
        answer = told(answers[_stop(found).name])
        return f"```graphql\n{found['query']}```\n\n```json\n{answer}\n```"

    PAGE.write_text(_PAIR.sub(anew, PAGE.read_text()))


def rounded(value: Any) -> Any:
    """Round every number to the digits that the page shows."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return round(value, _DIGITS) + 0.0 if isinstance(value, float) else value


def told(data: Any) -> str:
    """Write an answer as people read it: what fits on a line stands on one."""
    return _laid_out(rounded(data), "")


def _laid_out(value: Any, indent: str) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or not value or len(indent) + len(line) <= 118:
        return line
    inner = indent + "  "
    if isinstance(value, dict):
        parts = [f"{json.dumps(key)}: {_laid_out(each, inner)}" for key, each in value.items()]
    else:
        parts = [_laid_out(each, inner) for each in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return opening + "\n" + ",\n".join(inner + part for part in parts) + f"\n{indent}{closing}"


def _stop(found: re.Match[str]) -> Stop:
    named = _NAME.search(found["query"])
    assert named is not None, found["query"]
    text = found["answer"].strip()
    return Stop(named[1], found["query"], json.loads(text) if text else None)
