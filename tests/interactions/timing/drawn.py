"""Streams of events, written short and drawn at random."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from apps.interactions.timing.events import Event, EventKind
from apps.interactions.timing.folding import fold
from apps.interactions.timing.results import Standing, State, Timing

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANA, BEN = UUID(int=1), UUID(int=2)
SALES, BILLING = UUID(int=11), UUID(int=12)
REFUND, DELIVERY = UUID(int=21), UUID(int=22)


def at(seconds: float) -> datetime:
    """Return the instant so many seconds after the opening."""
    return OPENED + timedelta(seconds=seconds)


def stream(*told: tuple[Any, ...]) -> list[Event]:
    """Make events of (seconds, kind) or (seconds, kind, {what else})."""
    return [
        Event(EventKind(kind), at(seconds), f"e{place}", **(rest[0] if rest else {}))
        for place, (seconds, kind, *rest) in enumerate(told)
    ]


def timing(*told: tuple[Any, ...]) -> Timing:
    return fold(stream(*told), opened_at=OPENED)[0]


def standing(*told: tuple[Any, ...]) -> Standing:
    return fold(stream(*told), opened_at=OPENED)[1]


def state(*told: tuple[Any, ...]) -> State:
    return standing(*told).state


def handle(its: Timing) -> tuple[float | None, float | None, float | None]:
    return its.talk_seconds, its.hold_seconds, its.after_call_seconds


@st.composite
def events(draw: st.DrawFn, most: int = 14) -> list[Event]:
    """Draw any events at all, a few before the opening and many at the same instant, each told once."""
    drawn = draw(
        st.lists(
            st.builds(
                Event,
                st.sampled_from(EventKind),
                st.integers(-2, 12).map(at),
                st.just(""),
                agent=st.sampled_from((None, ANA, BEN)),
                queue=st.sampled_from((None, None, SALES, BILLING)),
                priority=st.sampled_from((None, None, "LOW", "URGENT")),
                reason=st.sampled_from((None, None, REFUND, DELIVERY)),
            ),
            max_size=most,
        )
    )
    return [replace(event, key=f"e{place}") for place, event in enumerate(drawn)]
