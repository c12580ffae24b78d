"""Values of a TOML table, with errors that name where they stand."""

from collections.abc import Collection

from cxplatform.imports.mapping.problems import MappingError

Table = dict[str, object]


def only(key: str, table: Table, known: Collection[str]) -> None:
    """Refuse a key that means nothing here: it is a slip of the pen."""
    for name in table:
        if name not in known:
            raise MappingError(f"{key}.{name}" if key else name, "is not known; here may stand " + ", ".join(known))


def text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise MappingError(key, "must be a text")
    return value


def strings(key: str, value: object) -> list[str]:
    """Take a list of texts, or one text for a list of one."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list) or not value or not all(isinstance(item, str) for item in value):
        raise MappingError(key, "must be a list of texts")
    return [str(item) for item in value]


def table(key: str, value: object) -> Table:
    if not isinstance(value, dict):
        raise MappingError(key, "must be a table")
    return value
