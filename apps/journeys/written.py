"""A version of a journey as people write it, and what it must be before it is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from apps.journeys.models import StageKind
from cxplatform.errors import BadInput
from cxplatform.named import checked_key, checked_name, checked_text

MOST_STAGES: Final = 20
MOST_TOUCHPOINTS: Final = 200
# As far as an event's own duration goes.
LONGEST_MS: Final = 2**53


@dataclass(frozen=True)
class WrittenPlacement:
    """A touchpoint in a stage: `touchpoint`, `owner` and `promise` are keys; of a service level both are given."""

    touchpoint: str
    owner: str
    channel: str
    name: str = ""
    is_moment_of_truth: bool = False
    weight: int = 0
    promise: str | None = None
    slo_ms: int | None = None
    slo_share: float | None = None


@dataclass(frozen=True)
class WrittenStage:
    """A stage of a kind of the template. Without key and name of its own it is called as the template calls it."""

    kind: str
    key: str = ""
    name: str = ""
    touchpoints: Sequence[WrittenPlacement] = field(default=())

    @property
    def own_key(self) -> str:
        return self.key.strip() or self.kind.lower()

    @property
    def own_name(self) -> str:
        return self.name.strip() or self.kind.capitalize()


TEMPLATE: Final = tuple(WrittenStage(kind.value) for kind in StageKind)


def placed(stages: Sequence[WrittenStage]) -> Iterator[tuple[str, WrittenPlacement]]:
    """Walk through all placements, each with the path of its field."""
    for place, stage in enumerate(stages):
        for number, each in enumerate(stage.touchpoints):
            yield f"stages.{place}.touchpoints.{number}", each


def check(stages: Sequence[WrittenStage]) -> None:
    """Insist on what can be stored. Raises: BadInput, naming the field by its path."""
    if not 1 <= len(stages) <= MOST_STAGES:
        raise BadInput(f"A version has 1 to {MOST_STAGES} stages.", field="stages")
    keys: set[str] = set()
    for place, stage in enumerate(stages):
        checked_text(stage.own_key, 50, f"stages.{place}.key", what="A stage's key")
        checked_text(stage.own_name, 100, f"stages.{place}.name", what="A stage's name")
        if stage.own_key in keys:
            raise BadInput("Another stage has this key.", field=f"stages.{place}.key")
        keys.add(stage.own_key)
    if sum(len(stage.touchpoints) for stage in stages) > MOST_TOUCHPOINTS:
        raise BadInput(f"A version has {MOST_TOUCHPOINTS} touchpoints at most.", field="stages")
    seen: set[str] = set()
    for path, each in placed(stages):
        key = checked_key(each.touchpoint, f"{path}.touchpoint")
        if key in seen:
            raise BadInput("The touchpoint is placed twice.", field=f"{path}.touchpoint")
        seen.add(key)
        _check_placement(path, each)


def _check_placement(path: str, each: WrittenPlacement) -> None:
    checked_key(each.owner, f"{path}.owner")
    checked_name(each.name, f"{path}.name")
    if not 0 <= each.weight <= 100:
        raise BadInput("A weight is 0 to 100 percent.", field=f"{path}.weight")
    if each.slo_ms is not None and not 1 <= each.slo_ms <= LONGEST_MS:
        raise BadInput("A service level allows at least a millisecond.", field=f"{path}.service_level.milliseconds")
    if each.slo_share is not None and not 0 < each.slo_share <= 1:
        raise BadInput("The share is above 0 and at most 1.", field=f"{path}.service_level.share")
