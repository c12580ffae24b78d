"""The signals of service and of experience, and from where on each is good enough. Pure."""

from dataclasses import dataclass
from typing import Final

from cxplatform.errors import BadInput

SERVICE_SIGNALS: Final = ("CSAT", "FIRST_RESPONSE", "FIRST_CONTACT_RESOLUTION")
EXPERIENCE_SIGNALS: Final = ("NPS", "EFFORT", "OUTCOME", "SERVICE_LEVEL", "PROMISE")


@dataclass(frozen=True, slots=True)
class Scale:
    """What a signal's items are told on: the higher, the better.

    `bar` lies between what is good enough and what is not; None: the brand's own mean, for want of a standard.
    `least_spread` is taken where the brand's items differ less, so that a hair's breadth is no standard deviation.
    """

    key: str
    signal: str
    bar: float | None
    least_spread: float

    @property
    def is_service(self) -> bool:
        return self.signal in SERVICE_SIGNALS


@dataclass(frozen=True, slots=True)
class Bars:
    """The worst answers that are good enough, on their own scales. CES_5 is effort: the lower, the better."""

    csat: int = 4
    nps: int = 7
    ces_7: int = 5
    ces_5: int = 2


USUAL_BARS = Bars()
_RANGES: Final = {"csat": (2, 5), "nps": (1, 10), "ces_7": (2, 7), "ces_5": (1, 4)}
_NAMES: Final = {"ces_7": "ces7", "ces_5": "ces5"}


def scales_of(bars: Bars) -> tuple[Scale, ...]:
    """Return all scales. Raises: BadInput, naming the field, for a bar that lets all answers through, or none."""
    for name, (low, high) in _RANGES.items():
        if not low <= getattr(bars, name) <= high:
            shown = _NAMES.get(name, name)
            raise BadInput(f"{shown} is between {low} and {high}.", field=f"bars.{shown}")
    return (
        Scale("CSAT", "CSAT", bars.csat - 0.5, 0.5),
        # Minus the logarithm of the seconds, each channel by itself.
        Scale("FRT", "FIRST_RESPONSE", None, 0.25),
        Scale("FCR", "FIRST_CONTACT_RESOLUTION", 0.5, 0.25),
        Scale("NPS", "NPS", bars.nps - 0.5, 1.0),
        Scale("CES_7", "EFFORT", bars.ces_7 - 0.5, 0.5),
        Scale("CES_5", "EFFORT", -bars.ces_5 - 0.5, 0.5),
        # Smooth 1, friction 0, failed -1.
        Scale("OUTCOME", "OUTCOME", 0.5, 0.5),
        Scale("SLO", "SERVICE_LEVEL", 0.5, 0.25),
        Scale("PROMISE", "PROMISE", 0.5, 0.25),
    )
