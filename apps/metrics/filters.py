"""What a question is narrowed to: fields AND, values OR; checked against the fact it is put to."""

from collections.abc import Mapping, Sequence

from apps.metrics.definitions.facts.fact import Dimension, Fact
from apps.metrics.definitions.vocabulary import DimensionKey
from cxplatform.errors import BadInput

# Values are keys as people write them; the empty text stands for rows that have none.
Where = tuple[tuple[DimensionKey, tuple[str, ...]], ...]

EVERYTHING: Where = ()
MOST_VALUES = 500

FIELDS: dict[DimensionKey, str] = {key: key.value.lower() for key in DimensionKey}
FIELDS[DimensionKey.HANDLED_BY] = "handledBy"
FIELDS[DimensionKey.FROM_DEPARTMENT], FIELDS[DimensionKey.TO_DEPARTMENT] = "fromDepartment", "toDepartment"


def where_of(values: Mapping[DimensionKey, Sequence[str] | None]) -> Where:
    """Return the filter of these values. An empty list lets nothing through, None everything.

    Raises: BadInput past 500 values.
    """
    for key, wanted in values.items():
        if wanted is not None and len(wanted) > MOST_VALUES:
            raise BadInput(f"A filter takes {MOST_VALUES} values at most.", field=f"where.{FIELDS[key]}")
    return tuple((key, tuple(sorted(set(wanted)))) for key, wanted in sorted(values.items()) if wanted is not None)


def narrowed(where: Where, key: DimensionKey, value: str) -> Where:
    """Return the filter narrowed to one value of a dimension as well."""
    kept = dict(where)
    kept[key] = (value,) if value in kept.get(key, (value,)) else ()
    return tuple(sorted(kept.items()))


def dimension_of(fact: Fact, key: DimensionKey, field: str) -> Dimension:
    """Return the fact's dimension. Raises: BadInput, naming the field, where the fact has none such."""
    dimension = fact.dimension(key)
    if dimension is None:
        raise BadInput(f"{fact.key} numbers cannot be cut by {key.value}.", field=field)
    return dimension


def check(fact: Fact, where: Where) -> None:
    """Check that the fact can be narrowed by all of this. Raises: BadInput, naming the field."""
    for key, _ in where:
        dimension_of(fact, key, f"where.{FIELDS[key]}")
