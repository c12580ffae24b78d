"""What customers said in words, counted at the moment it was said."""

from apps.metrics.definitions.facts.fact import Dimension, Fact, Names
from apps.metrics.definitions.facts.interaction import AGENTS, CUSTOMER, QUEUES, REASONS, TEAMS
from apps.metrics.definitions.vocabulary import DimensionKey as D

# The contact it was said in, or the one that the answer is about: an answer names that by its key.
_CONTACT = """LEFT JOIN interactions_interaction ci ON ci.id = f.interaction_id
    LEFT JOIN surveys_surveyresponse r ON r.id = f.survey_response_id
    LEFT JOIN interactions_interaction ri ON ri.source = r.source AND ri.external_id = r.interaction_external_id"""


def _of_contact(key: D, column: str, names: Names | None = None) -> Dimension:
    return Dimension(key, f"coalesce(ci.{column}, ri.{column})", names, join="interaction")


FEEDBACK_ITEM = Fact(
    key="feedback_item",
    description="Every piece of feedback, at the moment it was said.",
    topic="feedback_item",
    table="surveys_feedbackitem",
    moment="occurred_at",
    source="surveys_feedbackitem f",
    dimensions=(
        Dimension(D.LANGUAGE, "coalesce(f.detected_language, f.language)"),
        Dimension(D.SEGMENT, "c.segment", join="customer"),
        Dimension(D.COUNTRY, "c.country", join="customer"),
        _of_contact(D.CHANNEL, "channel"),
        _of_contact(D.QUEUE, "queue_id", QUEUES),
        _of_contact(D.AGENT, "agent_id", AGENTS),
        _of_contact(D.TEAM, "team_id", TEAMS),
        _of_contact(D.REASON, "reason_id", REASONS),
    ),
    joins={"customer": CUSTOMER, "interaction": _CONTACT},
    shapes=((), (D.LANGUAGE,)),
    histogram_shapes=(),
    private=frozenset({D.AGENT, D.SEGMENT}),
)
