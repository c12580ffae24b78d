"""What a key and a name may be, of whatever people make by hand."""

from cxplatform.errors import BadInput


def checked_key(key: str, field: str = "key") -> str:
    """Return a key without blanks around it. Raises: BadInput."""
    if not 1 <= len(key.strip()) <= 100:
        raise BadInput("A key has 1 to 100 characters.", field=field)
    return key.strip()


def checked_name(name: str | None) -> str:
    """Return a name without blanks around it, empty where there is none. Raises: BadInput."""
    name = (name or "").strip()
    if len(name) > 200:
        raise BadInput("A name has at most 200 characters.", field="name")
    return name
