"""What queues ask for and agents can do: skills by key, each made when first named, with a level."""

from collections.abc import Iterable, Mapping
from typing import Final

from apps.interactions.models import Agent, AgentSkill, Queue, QueueSkill, Skill
from apps.interactions.models.skills import HIGHEST_LEVEL, LOWEST_LEVEL
from cxplatform.errors import BadInput

MOST_SKILLS: Final = 50
Levels = Mapping[str, int]


def checked_levels(given: Iterable[tuple[str, int]]) -> Levels:
    """Return levels by key. Raises: BadInput, naming the place."""
    levels: dict[str, int] = {}
    for place, (named, level) in enumerate(given):
        key = named.strip()
        if place >= MOST_SKILLS:
            raise BadInput(f"There may be {MOST_SKILLS} of these at most.", field="skills")
        if not 1 <= len(key) <= 100:
            raise BadInput("A skill's key has 1 to 100 characters.", field=f"skills.{place}.skill")
        if key in levels:
            raise BadInput("This skill is named twice.", field=f"skills.{place}.skill")
        if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
            raise BadInput(f"A level is {LOWEST_LEVEL} to {HIGHEST_LEVEL}.", field=f"skills.{place}.level")
        levels[key] = level
    return levels


def replace_skills(of: Queue | Agent, levels: Levels) -> None:
    """Let a queue ask for these skills and no other, or an agent have them."""
    skills = _skills(levels)
    if isinstance(of, Queue):
        QueueSkill.objects.filter(queue=of).delete()
        QueueSkill.objects.bulk_create(QueueSkill(queue=of, skill=skills[key], level=levels[key]) for key in levels)
    else:
        AgentSkill.objects.filter(agent=of).delete()
        AgentSkill.objects.bulk_create(AgentSkill(agent=of, skill=skills[key], level=levels[key]) for key in levels)


def levels_of(of: Queue | Agent) -> Levels:
    """Return the levels a queue asks for, or an agent has, by key."""
    return dict(of.skills.order_by("skill__key").values_list("skill__key", "level"))


def _skills(levels: Levels) -> dict[str, Skill]:
    Skill.objects.bulk_create([Skill(key=key) for key in sorted(levels)], ignore_conflicts=True)
    return {skill.key: skill for skill in Skill.objects.filter(key__in=list(levels))}
