"""The rows that a vendor's definition counts otherwise than ours, one by one. Runs inside the brand's door."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from apps.insights.comparison import statements
from apps.insights.comparison.comparing import checked, coded, ready
from apps.insights.comparison.differences import why
from apps.insights.comparison.rule import Rule, Standing, Subject
from apps.metrics.filters import EVERYTHING, Where
from apps.metrics.records import Position
from apps.metrics.windows import Window
from cxplatform.errors import BadInput
from cxplatform.tenancy.doors import read


@dataclass(frozen=True, slots=True)
class Differing:
    """A row that two definitions treat otherwise, where each puts it, and why."""

    moment: datetime
    id: UUID
    ours: Standing
    theirs: Standing
    reason: str

    @property
    def position(self) -> Position:
        """Return where it stands among all, the newest first."""
        return self.moment, self.id


def differing(
    subject: Subject,
    rule: Rule,
    window: Window,
    *,
    now: datetime,
    where: Where = EVERYTHING,
    ours: Collection[Standing] = tuple(Standing),
    theirs: Collection[Standing] = tuple(Standing),
    after: Position | None,
    limit: int,
) -> list[Differing]:
    """Return the newest rows after a position that are counted otherwise, and stand where asked for. Two SELECTs."""
    mine, other = coded(subject, rule)
    text = statements.page(subject, mine, other, where, beyond=after is not None)
    values = {
        **ready(subject, window, now=now, where=where),
        "ours_standings": [each.standing.value for each in mine.outcomes],
        "theirs_standings": [each.standing.value for each in other.outcomes],
        "ours": [each.value for each in ours],
        "theirs": [each.value for each in theirs],
        **({} if after is None else {"after_time": after[0], "after_id": after[1]}),
        "limit": limit,
    }
    found: Sequence[tuple[datetime, UUID, int, int, int]] = read(text, values)
    return [
        Differing(
            moment,
            key,
            mine.outcomes[code].standing,
            other.outcomes[their].standing,
            why(mine, other, (code, their, differs)) or "",
        )
        for moment, key, code, their, differs in found
    ]


def disputed(key: str, definition: str, window: Window, where: Where) -> tuple[Subject, Rule]:
    """Return the subject and one of its rules. Raises: BadInput, naming the field."""
    subject = checked(key, window, where)
    rule = next((rule for rule in subject.rules if rule.key == definition), None)
    if rule is None:
        names = ", ".join(each.key for each in subject.rules)
        raise BadInput(f"{key} has no definition {definition}; it has {names}.", field="definition")
    return subject, rule
