"""What a conversation's participants, sessions and segments tell of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from apps.interactions.adapters.record import Record

_CHANNELS: Final = {
    **dict.fromkeys(("voice", "callback"), "PHONE"),
    **dict.fromkeys(("chat", "webchat"), "CHAT"),
    "email": "EMAIL",
    **dict.fromkeys(("message", "sms"), "MESSAGING"),
}
# They go along with a contact and are none.
_ASIDE: Final = ("cobrowse", "screenshare", "screenmonitoring", "video")
_CUSTOMERS, _QUEUES, _AGENTS = ("customer", "external"), ("acd",), ("agent", "user")
_BOTS: Final = ("ivr", "bot", "botflow", "workflow")
_OTHERS: Final = ("voicemail", "fax", "api", "dialer", "campaign", "group", "station", "manual", "outbound", "inbound")
_TALK, _HOLD, _WRAP_UP = "interact", "hold", "wrapup"
_ALERTS, _TALKS = ("alert",), (_TALK, _HOLD)
_TAKEN: Final = (_TALK, _HOLD, _WRAP_UP, *_ALERTS, "delay", "ivr", "system")


class Span(NamedTuple):
    """A segment: its type, from when to when (None: it goes on), and the queue it was in."""

    kind: str
    begin: datetime
    end: datetime | None
    queue: str | None


class Handled(NamedTuple):
    """An agent's session: rung, talked and held in order of time, and worked on afterwards."""

    agent: str | None
    alerts: list[Span]
    talks: list[Span]
    wrap_ups: list[Span]


@dataclass
class Conversation:
    """What is told; durations are seconds, None where nothing tells them."""

    channel: str | None = None
    contact: str | None = None
    address: str | None = None
    bot: bool = False
    abandoned: bool = False
    transfers: int = 0
    agent: str | None = None
    waits: list[Span] = field(default_factory=list)
    work: list[Span] = field(default_factory=list)
    handled: list[Handled] = field(default_factory=list)
    last: datetime | None = None

    @property
    def queue(self) -> str | None:
        """Return the queue it was last in, of an agent or waiting."""
        queues = [span.queue for span in sorted(self.waits + self.work, key=lambda span: span.begin) if span.queue]
        return queues[-1] if queues else None

    @property
    def answered(self) -> bool | None:
        """Tell whether an agent talked to the customer; None for what never waited for one."""
        if any(span.kind == _TALK for span in self.work):
            return True
        return False if self.waits else None

    @property
    def wait_seconds(self) -> float | None:
        """Return how long it waited for the first agent, or in vain."""
        if not self.waits:
            return None
        begin = min(span.begin for span in self.waits)
        talks = [span.begin for span in self.work if span.kind == _TALK]
        ends = [min(talks)] if talks else [span.end for span in self.waits if span.end]
        return max(0.0, (max(ends) - begin).total_seconds()) if ends else None

    @property
    def talk_seconds(self) -> float | None:
        return self._sum(_TALK)

    @property
    def hold_seconds(self) -> float | None:
        return self._sum(_HOLD)

    @property
    def after_call_seconds(self) -> float | None:
        return self._sum(_WRAP_UP)

    def _sum(self, kind: str) -> float | None:
        spans = [span.end - span.begin for span in self.work if span.kind == kind and span.end]
        return sum(spans, timedelta()).total_seconds() if spans else None


def read_conversation(record: Record, otherwise: str | None) -> Conversation:
    """Read all participants; `otherwise` is the channel of media that we do not know."""
    told = Conversation()
    for participant in record.children("participants", "participant"):
        purpose = participant.text("purpose") or ""
        if purpose not in (*_CUSTOMERS, *_QUEUES, *_AGENTS, *_BOTS, *_OTHERS):
            participant.lose("purpose", "is not known here: taken for nobody", purpose)
        told.bot |= purpose in _BOTS
        if purpose in _CUSTOMERS:
            told.contact = told.contact or participant.text("externalContactId")
        for session in participant.children("sessions", "session"):
            _take(told, purpose, participant, session, otherwise)
    return told


def _take(told: Conversation, purpose: str, participant: Record, session: Record, otherwise: str | None) -> None:
    if session.text("mediaType") in _ASIDE:
        session.lose("mediaType", "goes along with a contact and is none: left out", session.text("mediaType"))
        return
    if purpose in _CUSTOMERS or told.channel is None:
        told.channel = session.choice(_CHANNELS, "mediaType", otherwise=otherwise) or told.channel
    if purpose in _CUSTOMERS:
        told.address = told.address or session.text("ani", "addressFrom", "addressOther")
    spans = list(_spans(session))
    told.last = max((span.end or span.begin for span in spans), default=told.last) or told.last
    if purpose in _QUEUES:
        told.waits += [span for span in spans if span.kind in (_TALK, "delay")]
    elif purpose in _AGENTS:
        told.work += [span for span in spans if span.kind in (_TALK, _HOLD, _WRAP_UP)]
        agent = participant.text("userId")
        if any(span.kind == _TALK for span in spans):
            told.agent = agent or told.agent
        told.handled.append(Handled(agent, *(_of(spans, *kinds) for kinds in (_ALERTS, _TALKS, (_WRAP_UP,)))))
    _measure(told, session)


def _measure(told: Conversation, session: Record) -> None:
    """Take what only the session's metrics tell: that the customer gave up, and transfers."""
    for metric in session.children("metrics", "metric"):
        name = metric.text("name")
        if name == "tAbandon":
            told.abandoned = True
        elif name == "nTransferred":
            told.transfers += int(metric.number("value") or 0)


def _of(spans: list[Span], *kinds: str) -> list[Span]:
    return sorted((span for span in spans if span.kind in kinds), key=lambda span: span.begin)


def _spans(session: Record) -> Iterator[Span]:
    for segment in session.children("segments", "segment"):
        kind, begin = segment.text("segmentType") or "", segment.moment("segmentStart")
        if code := segment.text("wrapUpCode"):
            segment.lose("wrapUpCode", "has no name in the export: left out", code)
        if kind not in _TAKEN:
            segment.lose("segmentType", "is not taken: left out", kind)
        elif begin is None:
            segment.lose("segmentStart", "is not told: the segment is left out")
        else:
            yield Span(kind, begin, segment.moment("segmentEnd"), segment.text("queueId"))
