"""Who stays because it likes the brand, and who only because leaving is a bother. Runs in the brand's door."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from apps.insights.experience.asking import Asked
from apps.insights.experience.pairs import Share
from apps.insights.experience.scopes import OF_USUAL_SCOPE
from apps.metrics.asking import Ask
from apps.metrics.definitions.facts.standing import STANDING
from apps.metrics.spans import bound_spans
from apps.metrics.statements import Parameters
from apps.metrics.statistics.comparisons import two_proportions
from cxplatform.tenancy.doors import read

Position = tuple[int, UUID]

# Who was a customer when the window began, by contract, with its latest answer in the window.
_STOOD: Final = f"""
    SELECT f.id, f.segment, f.country, f.language, f.gone, n.score, n.answered_at
    FROM {STANDING.source}
    LEFT JOIN (SELECT DISTINCT ON (r.customer_id) r.customer_id, r.score, r.answered_at
               FROM surveys_surveyresponse r
               WHERE r.kind = 'NPS' AND {OF_USUAL_SCOPE} AND r.customer_id IS NOT NULL
                 AND r.answered_at >= %(start)s AND r.answered_at < %(end)s
               ORDER BY r.customer_id, r.answered_at DESC, r.id DESC) n ON n.customer_id = f.id
    WHERE f.stood
"""  # noqa: S608  # constants
_SPLIT: Final = f"""
    SELECT NOT s.gone, count(*) FILTER (WHERE s.score >= 9), count(*) FILTER (WHERE s.score IN (7, 8)),
           count(*) FILTER (WHERE s.score <= 6), count(*) FILTER (WHERE s.score IS NULL)
    FROM ({_STOOD}) s WHERE {{conditions}} GROUP BY 1
"""  # noqa: S608  # constants
_CAPTIVE: Final = f"""
    SELECT s.id, 10 - s.score AS rank, s.score, s.answered_at FROM ({_STOOD}) s
    WHERE NOT s.gone AND s.score <= 6 AND {{conditions}} AND {{beyond}}
    ORDER BY 10 - s.score DESC, s.id DESC LIMIT %(limit)s
"""  # noqa: S608  # constants
_CAPTIVES: Final = f"""
    SELECT count(*) FROM ({_STOOD}) s WHERE NOT s.gone AND s.score <= 6 AND {{conditions}}
"""  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Kept:
    """Of those who stayed, or of those who left: how many answered how, and how many did not answer."""

    retained: bool
    promoters: int = 0
    passives: int = 0
    detractors: int = 0
    unanswered: int = 0

    @property
    def answered(self) -> int:
        return self.promoters + self.passives + self.detractors


@dataclass(frozen=True, slots=True)
class Affinity:
    """Staying against liking."""

    stayed: Kept
    left: Kept

    @property
    def captive(self) -> Share:
        """Return how many of those who stayed, and answered, would not recommend."""
        return Share(self.stayed.detractors, self.stayed.answered)

    @property
    def promoters_stay(self) -> Share:
        return Share(self.stayed.promoters, self.stayed.promoters + self.left.promoters)

    @property
    def detractors_stay(self) -> Share:
        return Share(self.stayed.detractors, self.stayed.detractors + self.left.detractors)

    @property
    def p_value(self) -> float | None:
        """Return how likely promoters and detractors stay as differently by chance."""
        return two_proportions(self.promoters_stay, self.detractors_stay)


@dataclass(frozen=True, slots=True)
class Captive:
    """A customer who stayed and would not recommend."""

    position: Position
    score: int
    answered_at: datetime


def affinity(asked: Asked) -> Affinity:
    """Return who stayed and who left, by what they think of the brand, in one SELECT beside the terms' two."""
    found = {row[0]: Kept(*row) for row in read(_SPLIT.format(conditions=asked.conditions("s")), spanning(asked))}
    return Affinity(found.get(True, Kept(True)), found.get(False, Kept(False)))


def captives(asked: Asked, *, after: Position | None, limit: int) -> list[Captive]:
    """Return who stayed and would not recommend, the lowest scores first."""
    beyond = "(10 - s.score, s.id) < (%(after_rank)s, %(after_id)s)" if after else "TRUE"
    values = {**spanning(asked), "limit": limit}
    if after:
        values |= {"after_rank": after[0], "after_id": after[1]}
    text = _CAPTIVE.format(conditions=asked.conditions("s"), beyond=beyond)
    return [Captive((rank, key), score, at) for key, rank, score, at in read(text, values)]


def count_captives(asked: Asked) -> int:
    """Return how many they are."""
    ((found,),) = read(_CAPTIVES.format(conditions=asked.conditions("s")), spanning(asked))
    return int(found)


def spanning(asked: Asked) -> Parameters:
    """Return what statements over customers in one span bind; two SELECTs."""
    window = asked.window
    return {**asked.parameters, **bound_spans(Ask(STANDING, (), window.start, window.end))}
