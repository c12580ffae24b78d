"""A metric by the hour of the week: when it is busy, slow or unhappy. Runs inside the brand's door."""

from dataclasses import replace
from datetime import datetime

from apps.metrics.answers import HeatmapCell, MetricHeatmap
from apps.metrics.clock import WEEK_HOURS, wall_clock
from apps.metrics.definitions.vocabulary import Statistic
from apps.metrics.figures import Figure, nothing
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.groups import NONE_STORED
from apps.metrics.privacy import check_days, withheld
from apps.metrics.questions import question
from apps.metrics.reading import ask_for, reader_of
from apps.metrics.windows import Window
from cxplatform.graphql.columnar import Listed

_DAY_HOURS = 24


def metric_heatmap(
    key: str,
    window: Window,
    *,
    now: datetime,
    where: Where = EVERYTHING,
    variant: str | None = None,
    statistic: Statistic | None = None,
) -> MetricHeatmap:
    """Return a metric's number in each of the 168 hours of the week, by the wall clock of the brand's zone.

    An hour that the clocks repeat falls twice into its cell, one that they skip not at all. Without a filter it is
    read from hours that are kept, else from the rows. Raises: BadInput, naming the field.
    """
    asked = question(key, where=where, variant=variant, statistic=statistic)
    reader = reader_of(asked, now)
    check_days([asked], window, reader.zone)
    clock = wall_clock(window.start, window.end, reader.zone)
    ask = replace(ask_for(asked, window.start, window.end), clock=clock)
    figures = reader.figures(asked, ask)
    dark = withheld([asked], ask)[0]
    empty = nothing(asked.variant, quantile=asked.fraction is not None)
    return MetricHeatmap(
        asked.metric,
        Listed(
            [
                _cell(hour, figures.get(place, empty), suppressed=place in dark)
                for hour in range(WEEK_HOURS)
                for place in [(hour, NONE_STORED)]
            ]
        ),
    )


def _cell(hour: int, known: Figure, *, suppressed: bool) -> HeatmapCell:
    return HeatmapCell(
        weekday=hour // _DAY_HOURS + 1,
        hour=hour % _DAY_HOURS,
        value=None if suppressed else known.value,
        sample_size=known.n,
        suppressed=suppressed,
    )
