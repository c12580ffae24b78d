"""The people who answer."""

from dataclasses import dataclass
from random import Random

_NAMES = (
    *("maria.lopez", "jonas.weber", "aisha.khan", "tom.baker", "elena.petrova", "lucas.martin", "nora.lind"),
    *("david.cohen", "priya.nair", "ben.carter", "sofia.rossi", "adam.nowak", "grace.kim", "omar.haddad"),
    *("julia.braun", "leo.fischer", "chloe.dubois", "ivan.horvat", "mei.tanaka", "sam.oneill", "tara.singh"),
    *("felix.krause", "ana.silva", "noah.jensen", "ruth.adler"),
)
# The first answers the phone in every brand: the demo's agent key is linked to it.
LINKED_AGENT = _NAMES[0]
PHONE_TEAMS, DIGITAL_TEAMS = ("voice-north", "voice-south"), ("digital-1", "digital-2")


@dataclass(frozen=True)
class Agent:
    """An agent; `pace` stretches handle times."""

    key: str
    team: str
    pace: float


@dataclass(frozen=True)
class Staff:
    """All agents by what they answer."""

    phone: tuple[Agent, ...]
    digital: tuple[Agent, ...]


def staff(size: int) -> Staff:
    """Divide the first agents of the list: every second one answers the phone."""
    rng = Random("staff")  # noqa: S311  # made-up data
    agents = []
    for number, name in enumerate(_NAMES[:size]):
        teams = PHONE_TEAMS if number % 2 == 0 else DIGITAL_TEAMS
        agents.append(Agent(name, teams[number // 2 % 2], rng.uniform(0.82, 1.25)))
    return Staff(tuple(agents[::2]), tuple(agents[1::2]))
