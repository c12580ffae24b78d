"""What answers speak of: one moment of service, or all there is between customer and brand. Never pooled.

A survey has one scope for good, so every metric of answers has a variant for each, the usual one first.
"""

from collections.abc import Callable
from enum import StrEnum

from apps.metrics.definitions.metric import Answer
from apps.metrics.definitions.parts import Variant


class Scope(StrEnum):
    """The scope of a survey, as it is stored."""

    TRANSACTIONAL = "TRANSACTIONAL"
    RELATIONAL = "RELATIONAL"


_TOLD = {
    Scope.TRANSACTIONAL: "Surveys about one moment of service.",
    Scope.RELATIONAL: "Surveys about all there is between customer and brand.",
}


# What an example's variant comes to that no row is of.
NOBODY = Answer(None, 0, 0, 0)


def answers(kind: str, scope: Scope) -> str:
    """Return the condition that a row answers a question of a kind and scope: constant SQL."""
    return f"f.kind = '{kind}' AND f.scope = '{scope}'"


def scoped(first: Scope, made: Callable[[Scope, str], Variant]) -> tuple[Variant, ...]:
    """Return a metric's variants by scope, the `first` being the default; each is made of its scope and description."""
    return tuple(made(scope, _TOLD[scope]) for scope in sorted(Scope, key=lambda scope: scope is not first))


def part_name(metric: str, scope: Scope, part: str) -> str:
    """Return what a component is called in a fact's rollups."""
    return f"{metric}.{scope.lower()}.{part}"
