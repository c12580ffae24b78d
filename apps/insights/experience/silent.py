"""Silent sufferers: whom the journey failed, who never said so, and who are on their way out. Runs in the door."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from apps.insights.experience.affinity import Position, spanning
from apps.insights.experience.asking import Asked
from apps.insights.experience.statements import EVENTS
from apps.metrics.definitions.facts.standing import STANDING
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import read

LEAST_TROUBLES = 2
MOST_P_ALIVE = 0.5
LEAST_DECLINE = 0.2
_MANY = 1_000

# A trouble is a moment with friction or a failure, later than its service level, or with a broken promise.
_SILENT: Final = f"""
    SELECT f.id, t.troubles, f.p_alive, f.p_alive_before
    FROM {STANDING.elaborate}
    JOIN (SELECT e.customer_id, count(*) AS troubles
          FROM ({EVENTS}) e (customer_id, scale, touchpoint_id, at, value)
          WHERE CASE e.scale WHEN 'OUTCOME' THEN e.value < 1 ELSE e.value < 0.5 END
          GROUP BY 1 HAVING count(*) >= %(least)s) t ON t.customer_id = f.id
    WHERE NOT f.gone AND {{conditions}}
      AND NOT EXISTS (SELECT 1 FROM interactions_interaction i
                      WHERE i.customer_id = f.id AND i.direction = 'INBOUND'
                        AND i.opened_at >= %(start)s AND i.opened_at < %(end)s)
      AND (%(bg_r)s::float8 IS NULL OR f.p_alive < %(most)s OR f.p_alive_before - f.p_alive >= %(decline)s)
"""  # noqa: S608  # constants
_PAGE: Final = f"""
    SELECT s.* FROM ({_SILENT}) s WHERE {{beyond}} ORDER BY s.troubles DESC, s.id DESC LIMIT %(limit)s
"""  # noqa: S608  # constants
_COUNT: Final = f"SELECT count(*) FROM ({_SILENT}) s"  # noqa: S608  # constants


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many troubles on, and from how low a chance of still being a customer, or how deep a fall of it."""

    troubles: int = LEAST_TROUBLES
    p_alive: float = MOST_P_ALIVE
    decline: float = LEAST_DECLINE

    def __post_init__(self) -> None:
        """Raises: BadInput, naming the field."""
        if not 1 <= self.troubles <= _MANY:
            raise BadInput(f"leastTroubles is between 1 and {_MANY:,}.", field="leastTroubles")
        for name, value in (("mostPAlive", self.p_alive), ("leastDecline", self.decline)):
            if not 0 < value <= 1:
                raise BadInput(f"{name} is above 0 and at most 1.", field=name)


@dataclass(frozen=True, slots=True)
class Silent:
    """A silent sufferer; chances are None where the brand has no model of purchases, or it never bought."""

    position: Position
    troubles: int
    p_alive: float | None
    p_alive_before: float | None


def silent_sufferers(asked: Asked, given: Thresholds, *, after: Position | None, limit: int) -> list[Silent]:
    """Return those with the most troubles first."""
    beyond = "(s.troubles, s.id) < (%(after_rank)s, %(after_id)s)" if after else "TRUE"
    values: dict[str, Any] = {**_bound(asked, given), "limit": limit}
    if after:
        values |= {"after_rank": after[0], "after_id": after[1]}
    text = _PAGE.format(conditions=asked.conditions("f"), beyond=beyond)
    return [_silent(*row) for row in read(text, values)]


def count_silent_sufferers(asked: Asked, given: Thresholds) -> int:
    """Return how many they are."""
    ((found,),) = read(_COUNT.format(conditions=asked.conditions("f")), _bound(asked, given))
    return int(found)


def _bound(asked: Asked, given: Thresholds) -> dict[str, Any]:
    return {**spanning(asked), "least": given.troubles, "most": given.p_alive, "decline": given.decline}


def _silent(key: UUID, troubles: int, p_alive: float | None, before: float | None) -> Silent:
    return Silent((troubles, key), troubles, p_alive, before)
