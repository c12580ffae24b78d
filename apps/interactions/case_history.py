"""Write down what became of cases: ids that lead on, and which contacts came and left, by whom."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from apps.interactions.cases.joining import Contact
from apps.interactions.models import CaseChange, CaseChangeKind, MergedCase
from cxplatform.audit.actors import Actor

_CHUNK: Final = 1_000
# A contact, and the case it is of from now on.
Move = tuple[Contact, UUID]


@dataclass(frozen=True)
class Cause:
    """Why cases change: by whom, and what was done; nobody, and by itself."""

    kind: CaseChangeKind = CaseChangeKind.REJOINED
    actor: Actor | None = None

    def told(self) -> dict[str, Any]:
        return {"actor_id": self.actor.member_id, "actor_name": self.actor.name[:200]} if self.actor else {}


BY_ITSELF: Final = Cause()


def write_down(
    moves: Collection[Move], merged: Mapping[UUID, UUID], known: Collection[UUID], cause: Cause, now: datetime
) -> None:
    """Write what became of known cases: those that were merged, into which, and contacts that went from one to another.

    A contact's first case is no news: the contact itself tells of that.
    """
    counts = Counter(contact.case for contact, _ in moves)
    changes = [
        CaseChange(
            case_id=into, at=now, kind=CaseChangeKind.MERGED, came=True, contacts=counts[gone], other_case=gone,
            **cause.told(),
        )
        for gone, into in merged.items()
    ]  # fmt: skip
    changes += _moved((move for move in moves if move[0].case in known and move[0].case not in merged), cause, now)
    if merged:
        _lead_on(merged, now)
    if changes:
        CaseChange.objects.bulk_create(changes, batch_size=_CHUNK)


def released(case_id: UUID, contacts: int, cause: Cause, now: datetime) -> None:
    """Write down that what people said of a case holds no more."""
    CaseChange.objects.create(case_id=case_id, at=now, kind=CaseChangeKind.RELEASED, contacts=contacts, **cause.told())


def _moved(moves: Iterable[Move], cause: Cause, now: datetime) -> Iterator[CaseChange]:
    kind = CaseChangeKind.REJOINED if cause.kind is CaseChangeKind.MERGED else cause.kind
    for contact, case in moves:
        assert contact.case is not None, "it was of a known case"
        for its, other, came in ((contact.case, case, False), (case, contact.case, True)):
            yield CaseChange(
                case_id=its, at=now, kind=kind, came=came, contacts=1, interaction_id=contact.id, other_case=other,
                **cause.told(),
            )  # fmt: skip


def _lead_on(merged: Mapping[UUID, UUID], now: datetime) -> None:
    """Let the ids of merged cases lead on, those merged into them before too; their history goes on in the other's."""
    before = list(MergedCase.objects.filter(into__in=merged))
    for row in before:
        row.into_id = merged[row.into_id]
    MergedCase.objects.bulk_update(before, ["into"], batch_size=_CHUNK)
    told = list(CaseChange.objects.filter(case__in=merged))
    for change in told:
        change.case_id = merged[change.case_id]
    CaseChange.objects.bulk_update(told, ["case"], batch_size=_CHUNK)
    MergedCase.objects.bulk_create(
        [MergedCase(id=gone, into_id=into, merged_at=now) for gone, into in merged.items()], batch_size=_CHUNK
    )
