"""Skills with their levels, of a page of queues or of agents in one statement."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import strawberry
from django.db.models import Model

from apps.interactions import models
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.nodes import read_within
from cxplatform.graphql.prices import Price, priced
from cxplatform.graphql.siblings import siblings_of


@strawberry.type(description="A skill, and how well it is asked for or mastered.")
class SkillLevel:
    skill: str = column("The skill's key.")
    level: int = column("1 (learning) to 5 (master).")


@strawberry.input(description="A skill and a level.")
class SkillLevelInput:
    skill: str = column("The skill's key; made if unknown.")
    level: int = column("1 (learning) to 5 (master).", default=1)


def levels(given: Sequence[SkillLevelInput]) -> list[tuple[str, int]]:
    """Return what an input says as values."""
    return [(each.skill, each.level) for each in given]


def _skills_of(row: Model, info: Info, owned: Any, owner: str) -> list[SkillLevel]:
    def fetch(members: Any) -> dict[Any, list[SkillLevel]]:
        found = owned.filter(**{f"{owner}__in": [member.pk for member in members]}).order_by("skill__key")
        read: dict[Any, list[SkillLevel]] = defaultdict(list)
        for each in read_within(found.select_related("skill"), info.context):
            read[getattr(each, f"{owner}_id")].append(SkillLevel(skill=each.skill.key, level=each.level))
        return read

    read: dict[Any, list[SkillLevel]] = siblings_of(row).load("skills", fetch)
    return read.get(row.pk, [])


def _of_queue(root: strawberry.Parent[models.Queue], info: Info) -> list[SkillLevel]:
    return _skills_of(root, info, models.QueueSkill.objects, "queue")


def _of_agent(root: strawberry.Parent[models.Agent], info: Info) -> list[SkillLevel]:
    return _skills_of(root, info, models.AgentSkill.objects, "agent")


_PRICE: Final = priced(Price(3))

REQUIRED_SKILLS: Final[Any] = strawberry.field(
    resolver=_of_queue,
    metadata=_PRICE,
    description="What its contacts ask of an agent, at this level or above; by key. None: everybody will do.",
)
SKILLS: Final[Any] = strawberry.field(
    resolver=_of_agent, metadata=_PRICE, description="What the agent can do, and how well; by key."
)
