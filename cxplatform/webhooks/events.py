"""What webhooks tell of. Apps name their events when they are ready."""

from cxplatform.errors import BadInput

_events: dict[str, str] = {}
# Sent to try an endpoint out, whatever it asked for.
PING = "webhook.test"


def webhook_event(name: str, description: str) -> str:
    """Name an event, `thing.what_became_of_it`. Its data are ids, kinds and numbers: no personal data leaves by it."""
    if _events.setdefault(name, description) != description:
        raise ValueError(f"The event {name} is described already.")
    return name


def described_events() -> dict[str, str]:
    return dict(sorted(_events.items()))


def checked_events(names: list[str]) -> list[str]:
    """Return the names in order, each once. Raises: BadInput for none, and for one that nothing tells of."""
    unknown = sorted(set(names) - set(_events))
    if unknown or not names:
        known = ", ".join(sorted(_events))
        raise BadInput(f"Name some of these events: {known}.", field="events")
    return sorted(set(names))
