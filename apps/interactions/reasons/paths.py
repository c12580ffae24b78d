"""Paths of the tree. Pure: no database."""

from collections.abc import Iterator

from apps.interactions.models.reason import LONGEST_NAME, LONGEST_PATH, MOST_LEVELS
from cxplatform.errors import BadInput


def checked_name(name: str) -> str:
    """Return a name without blanks around it. Raises: BadInput."""
    plain = name.strip()
    if not 1 <= len(plain) <= LONGEST_NAME:
        raise BadInput(f"A reason's name has 1 to {LONGEST_NAME} characters.", field="name")
    if "/" in plain:
        raise BadInput("A name holds no /, which joins names to a path.", field="name")
    return plain


def checked_path(path: str) -> str:
    """Return a path that is not too long. Raises: BadInput."""
    if len(path) > LONGEST_PATH:
        raise BadInput(f"A path has at most {LONGEST_PATH} characters: {path[:60]}….", field="name")
    if path.count("/") >= MOST_LEVELS:
        raise BadInput(f"The tree has {MOST_LEVELS} levels at most.", field="parent")
    return path


def joined(parent: str | None, name: str) -> str:
    return f"{parent}/{name}" if parent else name


def moved(path: str, old: str, new: str) -> str:
    """Return the path of what lies at or below `old` when that becomes `new`."""
    return new + path[len(old) :]


def is_at_or_below(path: str, top: str) -> bool:
    return path == top or path.startswith(f"{top}/")


def prefixes(path: str) -> Iterator[str]:
    """Yield a path and all that it lies below, the longest first."""
    while path:
        yield path
        path = path.rpartition("/")[0]
