"""What webhooks tell of. Apps name their events when they are ready."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cxplatform.errors import BadInput

# Adds to the data of some deliveries what is read only as they are sent, in the open door.
Complete = Callable[[Sequence[Mapping[str, Any]]], Sequence[dict[str, Any]]]

_events: dict[str, str] = {}
_completing: dict[str, Complete] = {}
# Sent to try an endpoint out, whatever it asked for.
PING = "webhook.test"


def webhook_event(name: str, description: str) -> str:
    """Name an event, `thing.what_became_of_it`. Its data are ids, kinds and numbers: no personal data leaves by it."""
    if _events.setdefault(name, description) != description:
        raise ValueError(f"The event {name} is described already.")
    return name


def completed_by(name: str, complete: Complete) -> None:
    """Have an event's data completed as it is sent: with what must be in no log, for it may have to be erased."""
    if _completing.setdefault(name, complete) is not complete:
        raise ValueError(f"The event {name} is completed already.")


def completed(name: str, data: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the data of some deliveries of an event as they are to be sent, in the same order."""
    complete = _completing.get(name)
    return [dict(each) for each in (data if complete is None else complete(data))]


def described_events() -> dict[str, str]:
    return dict(sorted(_events.items()))


def checked_events(names: list[str]) -> list[str]:
    """Return the names in order, each once. Raises: BadInput for none, and for one that nothing tells of."""
    unknown = sorted(set(names) - set(_events))
    if unknown or not names:
        known = ", ".join(sorted(_events))
        raise BadInput(f"Name some of these events: {known}.", field="events")
    return sorted(set(names))
