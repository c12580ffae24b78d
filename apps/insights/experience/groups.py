"""Whom the service pleased and who fares well, by segment or touchpoint. Runs in the brand's door.

Of somebody who answered more than once the latest answer counts, for answers of one person are not independent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from apps.insights.experience.asking import Asked
from apps.insights.experience.divergence import Counted, Divergence, diverging
from apps.insights.experience.group_statements import BY_TOUCHPOINT, OF_CUSTOMERS
from apps.insights.experience.pairs import Pairs, Share
from apps.metrics.definitions.facts.survey_response import SURVEY_RESPONSE
from apps.metrics.suppression import Cell, hidden
from apps.metrics.windows import is_day_start
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import current_brand, read

MOST_GROUPS = 200


class Grouping(StrEnum):
    """What customers are told apart by."""

    BRAND = "BRAND"
    SEGMENT = "SEGMENT"
    TOUCHPOINT = "TOUCHPOINT"


@dataclass(frozen=True, slots=True)
class Group:
    """A group's divergence; None where it is hidden."""

    key: str
    label: str
    customers: int
    told: Divergence | None

    @property
    def suppressed(self) -> bool:
        return self.told is None


def blind_spots(asked: Asked, by: Grouping, *, good_from: float, fewest: int) -> list[Group]:
    """Return every group, the largest first, in one SELECT. Raises: BadInput, naming the field."""
    _check(asked, by, good_from, fewest)
    text = BY_TOUCHPOINT if by is Grouping.TOUCHPOINT else OF_CUSTOMERS
    group = "coalesce(c.segment, '')" if by is Grouping.SEGMENT else "''"
    values = {**asked.parameters, "satisfied": asked.bars.csat, "positive": asked.bars.nps, "limit": MOST_GROUPS}
    counted = [_counted(row) for row in read(text.format(group=group, conditions=asked.conditions("c")), values)]
    dark = _hidden(counted) if by is Grouping.SEGMENT else set()
    # What is hidden has no part in the correction either: its size would show.
    shown = diverging([each for each in counted if each.key not in dark], good_from=good_from, fewest=fewest)
    told = {each.counted.key: each for each in shown}
    return [
        Group(each.key, each.label, max(each.service.of, each.experience.of), told.get(each.key)) for each in counted
    ]


def _check(asked: Asked, by: Grouping, good_from: float, fewest: int) -> None:
    if not 0 < good_from < 1:
        raise BadInput("goodFrom is between 0 and 1.", field="goodFrom")
    if not 1 <= fewest <= 100_000:  # as the message says
        raise BadInput("fewest is between 1 and 100,000.", field="fewest")
    asked.of_all_segments()
    if by is Grouping.SEGMENT:
        zone = current_brand().zone
        for field, edge in (("window.from", asked.window.start), ("window.to", asked.window.end)):
            if not is_day_start(edge, zone):
                raise BadInput(f"Answers by segment are told for whole days in {zone.key} only.", field=field)


def _counted(row: Sequence[object]) -> Counted:
    key, label, *numbers = row
    served, of_served, fared, of_fared, both, first, second, neither = (int(str(each)) for each in numbers)
    return Counted(
        str(key), str(label), Share(served, of_served), Share(fared, of_fared), Pairs(both, first, second, neither)
    )


def _hidden(counted: Sequence[Counted]) -> set[str]:
    """Return which segments to hide so that nobody's answer can be read: those of few answers of either kind."""
    minimum = SURVEY_RESPONSE.minimum_private
    found: set[str] = set()
    for side in ("service", "experience"):
        sizes: dict[Cell, int] = {(0, each.key): getattr(each, side).of for each in counted}
        found |= {str(cell[1]) for cell in hidden(sizes, minimum)}
    return found
