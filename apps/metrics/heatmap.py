"""A metric by the hour of the week: when it is busy, slow or unhappy. Runs inside the brand's door."""

from dataclasses import replace
from datetime import datetime

from apps.metrics.answers import MetricHeatmap
from apps.metrics.clock import WEEK_HOURS, wall_clock
from apps.metrics.definitions.vocabulary import Statistic
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.groups import NONE_STORED
from apps.metrics.points import Cells
from apps.metrics.privacy import check_days, withheld
from apps.metrics.questions import question
from apps.metrics.reading import ask_for, reader_of
from apps.metrics.windows import Window
from cxplatform.errors import BadInput


def metric_heatmap(
    key: str,
    window: Window,
    *,
    now: datetime,
    where: Where = EVERYTHING,
    variant: str | None = None,
    statistic: Statistic | None = None,
    in_blocks: bool = False,
) -> MetricHeatmap:
    """Return a metric's number in each of the 168 hours of the week, by the wall clock of the brand's zone.

    An hour that the clocks repeat falls twice into its cell, one that they skip not at all. Without a filter it is
    read from hours that are kept, else from the rows. Raises: BadInput, naming the field.
    """
    asked = question(key, where=where, variant=variant, statistic=statistic, in_blocks=now if in_blocks else None)
    if asked.variant.stock or asked.variant.exposure is not None or asked.metric.fact.spanned:
        raise BadInput(f"{key} {asked.variant.key} is not told by the hour of the week.", field="variant")
    reader = reader_of(asked, now)
    check_days([asked], window, reader.zone)
    clock = wall_clock(window.start, window.end, reader.zone)
    ask = replace(ask_for(asked, window.start, window.end), clock=clock)
    (figures,) = reader.columns(asked, ask, [NONE_STORED], WEEK_HOURS)
    dark = withheld([asked], ask)[0]
    return MetricHeatmap(asked, Cells(figures, {hour for hour, _ in dark}, counted=not asked.is_in_blocks()))
