"""What contacts of a queue ask of an agent, and what an agent can do."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from apps.interactions.models.dimensions import Agent, Queue
from apps.interactions.models.keyed import Keyed
from cxplatform.ids import uuid7

LOWEST_LEVEL: Final = 1
HIGHEST_LEVEL: Final = 5


def _known_level(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(level__gte=LOWEST_LEVEL, level__lte=HIGHEST_LEVEL), name=f"{table}_level_known"
    )


class Skill(Keyed):
    """Something that not every agent can do: a language, a product; made when first named."""


class QueueSkill(models.Model):
    """A skill that a queue asks for, at this level or above."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="queues")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["queue", "skill"], name="queue_skill_once"),
            _known_level("queue_skill"),
        ]


class AgentSkill(models.Model):
    """A skill that an agent has, and how well: 1 (learning) to 5 (master)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="agents")
    level = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "skill"], name="agent_skill_once"),
            _known_level("agent_skill"),
        ]
