"""What a question about customers' experience takes: a window, whose customers, and the bars; checked, and bound."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from apps.insights.experience.quality import FARTHEST, MARGIN, SURE
from apps.insights.experience.scales import USUAL_BARS, Bars, scales_of
from apps.metrics.definitions.facts.repeat import REPEAT
from apps.metrics.definitions.facts.standing import STANDING
from apps.metrics.definitions.vocabulary import DimensionKey
from apps.metrics.filters import EVERYTHING, Where, check
from apps.metrics.statements import Parameters, bound
from apps.metrics.windows import Window
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand

MOST_DAYS = 366
_WIDEST_MARGIN = 2.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A window of at most 366 days, narrowed by what customers are, and what counts as good there."""

    window: Window
    now: datetime
    where: Where = EVERYTHING
    bars: Bars = USUAL_BARS
    margin: float = MARGIN

    def __post_init__(self) -> None:
        """Raises: BadInput, naming the field."""
        if self.window.end - self.window.start > timedelta(days=MOST_DAYS, hours=1):
            raise BadInput(f"What customers went through is told of {MOST_DAYS} days at most.", field="window.to")
        if not 0 <= self.margin <= _WIDEST_MARGIN:
            raise BadInput(f"The margin is between 0 and {_WIDEST_MARGIN:g}.", field="margin")
        check(STANDING, self.where)

    def of_all_segments(self) -> "Asked":
        """Return the question itself. Raises: BadInput where it is narrowed to segments.

        Of few answers it could be told whose each is; only where segments stand side by side can these be hidden.
        """
        if any(key is DimensionKey.SEGMENT for key, _ in self.where):
            raise BadInput("Answers are told by segment only where segments are told apart.", field="where.segment")
        return self

    def conditions(self, alias: str) -> str:
        """Return what customers, as rows of an alias, must pass; values are bound by `parameters`."""
        columns = {each.key: each.column.removeprefix("f.") for each in STANDING.dimensions}
        passed = [f"coalesce({alias}.{columns[key]}, '') = ANY(%(where_{key})s)" for key, _ in self.where]
        return " AND ".join(passed) or "TRUE"

    @property
    def parameters(self) -> Parameters:
        """Return what the statements bind."""
        scales, window = scales_of(self.bars), self.window
        return {
            **bound(self.where),
            "start": window.start,
            "end": window.end,
            "ripe_until": min(window.end, self.now - REPEAT.reach),
            "near_start": window.start - REPEAT.reach,
            "near_end": window.end + REPEAT.reach,
            "zone": current_brand().time_zone,
            "scales": [each.key for each in scales],
            "signals": [each.signal for each in scales],
            "of_service": [each.is_service for each in scales],
            "bars": [each.bar for each in scales],
            "spreads": [each.least_spread for each in scales],
            "farthest": FARTHEST,
            "margin": self.margin,
            "sure": SURE,
        }
