"""What the demo tells its user."""

import contextlib
import json
import re
from pathlib import Path
from typing import Any


def say(line: str) -> None:
    """Print a line; a closed terminal or pipe is no reason to stop serving."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def say_progress(line: str) -> None:
    """Print what a program says of its progress, `  <brand>: …`, and nothing else of its log."""
    if re.match(r"  [a-z0-9-]+: ", line):
        say(line)


def announce(demo_file: Path, seconds: float) -> None:
    """Print every URL and token of `demo.json`, then READY."""
    found: dict[str, Any] = json.loads(demo_file.read_text())
    for name in ("graphql", "import", "ws", "sse"):
        say(f"  {name:<10}{found[name]}")
    _tokens("provider", found["provider"])
    for brand in found["brands"]:
        _tokens(brand["slug"], {role: token for role, token in brand.items() if role != "slug"})
    say(f"  all of this is in {demo_file}")
    say(f"READY in {seconds:.1f} s at {found['graphql']} (Ctrl-C stops everything)")


def _tokens(owner: str, tokens: dict[str, str]) -> None:
    say(f"  {owner}:")
    for role, token in tokens.items():
        say(f"    {role:<11}{token}")
