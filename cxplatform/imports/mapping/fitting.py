"""Does a mapping make what its import kind takes?"""

from cxplatform.errors import NotFound
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.mapping.mapping import Mapping
from cxplatform.imports.mapping.problems import MappingError


def check_fit(mapping: Mapping) -> None:
    """Check the mapping's columns before a row is read. Raises: MappingError naming the key."""
    try:
        kind = kind_named(mapping.kind)
    except NotFound as error:
        raise MappingError("kind", f"{mapping.kind!r} is not known. {error}") from None
    made = {column.name for column in mapping.columns}
    for name in sorted(made - kind.columns.keys()):
        raise MappingError(f"columns.{name}", f"is no column of {kind.name}; those are {', '.join(kind.columns)}")
    missing = [name for name, column in kind.columns.items() if column.required and name not in made]
    if missing:
        raise MappingError("columns", f"{kind.name} need {', '.join(missing)} as well")
