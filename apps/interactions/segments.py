"""What segments may ask of contacts: how often customers made contact."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from apps.customers.segments.asked import Asked
from apps.customers.segments.conditions import counted
from apps.interactions.models import Direction, Interaction


def contacted(said: Mapping[str, Any], asked: Asked) -> Q:
    """Match customers by how often they made contact; whom the brand contacted did not."""
    return counted(Interaction.objects.filter(direction=Direction.INBOUND), "opened_at", said, asked)
