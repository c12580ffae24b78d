"""What a goal's number is narrowed to, as it is stored: by the fields of MetricWhere, as a client writes them."""

from collections.abc import Mapping, Sequence
from typing import Final

from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import FIELDS, Where, check, where_of
from apps.metrics.scoping import under_reasons
from cxplatform.errors import BadInput

# A field of MetricWhere and its values; what narrows nothing is not there.
Narrowing = Mapping[str, Sequence[str]]

REASON_UNDER: Final = "reasonUnder"
MOST_VALUES: Final = 100
_LONGEST: Final = 300


def where_of_goal(narrowing: Narrowing) -> Where:
    """Return the filter as numbers take it; what lies below reasons, as it is now. One SELECT with those."""
    where = where_of({key: narrowing.get(field) for key, field in FIELDS.items()})
    return under_reasons(where, narrowing[REASON_UNDER]) if REASON_UNDER in narrowing else where


def checked_narrowing(narrowing: Narrowing, fact: Fact) -> dict[str, list[str]]:
    """Return what is stored of a filter. Raises: BadInput, naming the field.

    By agents goals are not set: who may see them all may not see single people, and nobody's work is judged in public.
    """
    for field, values in narrowing.items():
        if len(values) > MOST_VALUES or any(len(each) > _LONGEST for each in values):
            raise BadInput(
                f"A goal's filter takes {MOST_VALUES} values of {_LONGEST} characters at most.", field=f"where.{field}"
            )
    if FIELDS[DimensionKey.AGENT] in narrowing:
        raise BadInput("Goals are not set for single agents.", field="where.agent")
    check(fact, where_of_goal(narrowing))
    return {field: sorted(set(values)) for field, values in sorted(narrowing.items())}
