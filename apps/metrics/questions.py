"""A question about one metric, checked against its definition before anything is read."""

from dataclasses import dataclass
from datetime import datetime

from apps.metrics.definitions.metric import Metric
from apps.metrics.definitions.parts import Variant
from apps.metrics.definitions.registry import METRICS
from apps.metrics.definitions.vocabulary import DimensionKey, Statistic
from apps.metrics.filters import EVERYTHING, Where, check
from cxplatform.errors import BadInput


@dataclass(frozen=True, slots=True)
class Question:
    """Which number is wanted, of which rows.

    `in_blocks` is when it is asked by somebody who sees no single answer: by segment it is told whole blocks alone.
    """

    metric: Metric
    variant: Variant
    statistic: Statistic | None
    where: Where
    in_blocks: datetime | None = None

    @property
    def fraction(self) -> float | None:
        """Return the quantile that is asked for, None for a mean, a rate or a count."""
        return self.statistic.fraction if self.statistic else None

    def is_private(self, by: DimensionKey | None = None) -> bool:
        """Tell whether its numbers are about so few people that small ones must be hidden."""
        asked = {key for key, _ in self.where} | ({by} if by else set())
        return bool(asked & self.metric.fact.private)

    def is_in_blocks(self, by: DimensionKey | None = None) -> bool:
        """Tell whether its numbers must rest on whole blocks of answers; else not even their count is told."""
        return self.in_blocks is not None and DimensionKey.SEGMENT in {by, *(key for key, _ in self.where)}


def question(
    key: str,
    *,
    where: Where = EVERYTHING,
    variant: str | None = None,
    statistic: Statistic | None = None,
    in_blocks: datetime | None = None,
) -> Question:
    """Return the checked question. Raises: BadInput, naming the field."""
    metric = METRICS.get(key)
    if metric is None:
        raise BadInput(f"There is no metric {key}.", field="key")
    chosen = metric.variant(variant)
    if chosen is None:
        names = ", ".join(each.key for each in metric.variants)
        raise BadInput(f"{key} has no variant {variant}; it has {names}.", field="variant")
    if statistic is not None and statistic not in chosen.statistics:
        raise BadInput(f"{key} in its variant {chosen.key} has no {statistic.value}.", field="statistic")
    check(metric.fact, where)
    default = Statistic.MEAN if chosen.statistics else None
    return Question(metric, chosen, statistic or default, where, in_blocks if metric.fact.in_blocks else None)
