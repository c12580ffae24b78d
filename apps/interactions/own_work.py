"""Which interactions are a member's own: those of the agent that the member is."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from apps.interactions.models import Agent, Interaction


def agent_of(member_id: UUID) -> Agent | None:
    """Return the agent the member is, if that is known."""
    return Agent.objects.filter(member_id=member_id).first()


def handled_by(member_id: UUID) -> Q:
    """Match the interactions that the member handled."""
    return Q(agent__member_id=member_id)


def handled(member_id: UUID, interaction_id: UUID) -> bool:
    """Tell whether the member handled the interaction, in the open brand door."""
    return Interaction.objects.filter(handled_by(member_id), pk=interaction_id).exists()


def handled_key(member_id: UUID, source: str, external_id: str) -> bool:
    """Tell whether the member handled the interaction of this source and external id."""
    return Interaction.objects.filter(handled_by(member_id), source=source, external_id=external_id).exists()


def served_by(member_id: UUID) -> Q:
    """Match the customers with whom the member had an interaction."""
    contacts = Interaction.objects.filter(handled_by(member_id), customer_id=OuterRef("pk"))
    return Q(Exists(contacts))
