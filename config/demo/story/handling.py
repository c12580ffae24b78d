"""What becomes of one contact: waiting, talking, answering, solving."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from config.demo.story.agents import Agent, Staff
from config.demo.story.reasons import Reason

_ANSWERED_AT_ONCE = 0.76
_BUSY_HOURS = (9, 10, 11, 17)
# Median seconds of work, and its spread, by channel.
_WORK = {
    "PHONE": (235, 0.60),
    "EMAIL": (290, 0.55),
    "CHAT": (380, 0.50),
    "MESSAGING": (260, 0.55),
    "SOCIAL": (190, 0.5),
}
# Median seconds until somebody replies.
_REPLY = {"EMAIL": (9_000, 0.9), "CHAT": (38, 0.7), "MESSAGING": (1_500, 0.9), "SOCIAL": (4_200, 0.9)}
_BOT_SHARE = {"CHAT": 0.22, "MESSAGING": 0.12, "SELF_SERVICE": 1.0}


@dataclass(frozen=True)
class Handled:
    """Times in seconds; moments are local. `agent` is None for a bot and for those who gave up."""

    agent: Agent | None = None
    wait: float | None = None
    answered: bool | None = None
    abandoned: bool = False
    bot: bool = False
    first_response: datetime | None = None
    talk: float | None = None
    hold: float | None = None
    after_call: float | None = None
    transfers: int = 0
    solved: datetime | None = None
    reopened: tuple[datetime, ...] = field(default=())
    priority: str = "NORMAL"


def handle(rng: Random, staff: Staff, local: datetime, channel: str, reason: Reason) -> Handled:
    """Let a contact go its way."""
    (priority,) = rng.choices(("LOW", "NORMAL", "HIGH", "URGENT"), (8, 76, 13, 3))
    if channel == "PHONE":
        return _call(rng, staff, local, priority)
    if rng.random() < _BOT_SHARE.get(channel, 0.0):
        return _bot(rng, local, priority)
    return _message(rng, staff, local, channel=channel, hurts=reason.hurts, priority=priority)


def _call(rng: Random, staff: Staff, local: datetime, priority: str) -> Handled:
    wait = _wait(rng, local)
    patience = 6 + rng.expovariate(1 / 240)
    if rng.random() < 0.004:
        patience = rng.uniform(1, 5)
    if patience < wait:
        return Handled(wait=round(patience, 1), answered=False, abandoned=True, priority=priority)
    agent = _pick(rng, staff.phone)
    talk = _lognormal(rng, *_WORK["PHONE"]) * agent.pace
    hold = rng.expovariate(1 / 48) if rng.random() < 0.22 else 0.0
    after = _lognormal(rng, 38, 0.5) * agent.pace
    ended = local + timedelta(seconds=wait + talk + hold)
    solved = ended if rng.random() < 0.86 else ended + timedelta(hours=rng.expovariate(1 / 20))
    return Handled(
        agent=agent,
        wait=round(wait, 1),
        answered=True,
        talk=round(talk, 1),
        hold=round(hold, 1),
        after_call=round(after, 1),
        transfers=_transfers(rng, 0.08),
        solved=_if_solved(rng, solved),
        priority=priority,
    )


def _wait(rng: Random, local: datetime) -> float:
    at_once = _ANSWERED_AT_ONCE - (0.07 if local.hour in _BUSY_HOURS else 0) - (0.05 if local.weekday() == 0 else 0)
    return rng.uniform(1, 14) if rng.random() < at_once else 5 + rng.expovariate(1 / 62)


def _bot(rng: Random, local: datetime, priority: str) -> Handled:
    replied = local + timedelta(seconds=rng.randrange(1, 4))
    solved = replied + timedelta(seconds=_lognormal(rng, 120, 0.6))
    return Handled(bot=True, first_response=replied, solved=_if_solved(rng, solved), priority=priority)


def _message(rng: Random, staff: Staff, local: datetime, *, channel: str, hurts: bool, priority: str) -> Handled:
    if channel not in _REPLY:
        channel = "EMAIL"
    agent = _pick(rng, staff.digital)
    replied = local + timedelta(seconds=_lognormal(rng, *_REPLY[channel]))
    work = _lognormal(rng, *_WORK[channel]) * agent.pace
    slow = 30 if channel == "EMAIL" else 9
    delay = timedelta(seconds=work) if channel == "CHAT" else timedelta(hours=rng.expovariate(1 / slow))
    solved = _if_solved(rng, replied + delay)
    reopened: tuple[datetime, ...] = ()
    if solved is not None and rng.random() < (0.09 if hurts else 0.05):
        reopened = (solved + timedelta(hours=1 + rng.expovariate(1 / 18)),)
        solved = reopened[0] + timedelta(hours=rng.expovariate(1 / 12))
    return Handled(
        agent=agent,
        first_response=replied,
        talk=round(work, 1),
        after_call=round(_lognormal(rng, 22, 0.4), 1),
        transfers=_transfers(rng, 0.05),
        solved=solved,
        reopened=reopened,
        priority=priority,
    )


def _pick(rng: Random, agents: Iterable[Agent]) -> Agent:
    return rng.choice(tuple(agents))


def _transfers(rng: Random, share: float) -> int:
    return (1 if rng.random() < 0.85 else 2) if rng.random() < share else 0


def _if_solved(rng: Random, moment: datetime) -> datetime | None:
    return moment if rng.random() < 0.96 else None


def _lognormal(rng: Random, median: float, spread: float) -> float:
    return median * rng.lognormvariate(0, spread)
