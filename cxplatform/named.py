"""What a key and a name may be, of whatever people make by hand."""

from cxplatform.errors import BadInput


def checked_key(key: str, field: str = "key") -> str:
    """Return a key without blanks around it. Raises: BadInput."""
    return checked_text(key, 100, field, what="A key")


def checked_name(name: str | None, field: str = "name") -> str:
    """Return a name without blanks around it, empty where there is none. Raises: BadInput."""
    name = (name or "").strip()
    if len(name) > 200:
        raise BadInput("A name has at most 200 characters.", field=field)
    return name


def checked_text(text: str, most: int, field: str, *, what: str = "This") -> str:
    """Return a text that is there, without blanks around it. Raises: BadInput."""
    if not 1 <= len(text.strip()) <= most:
        raise BadInput(f"{what} has 1 to {most} characters.", field=field)
    return text.strip()
