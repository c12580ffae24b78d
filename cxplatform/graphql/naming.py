"""Names as the schema writes them."""


def camel(name: str) -> str:
    """Write a Python name as the schema does: `opened_at` is `openedAt`."""
    head, *tail = name.split("_")
    return head + "".join(part.capitalize() for part in tail)
