"""Answers to surveys, counted at the moment they were given."""

from apps.metrics.definitions.facts.fact import Dimension, Fact, Names
from apps.metrics.definitions.facts.interaction import (
    AGENTS,
    CUSTOMER,
    DEPARTMENT,
    PLACED,
    QUEUES,
    REASONS,
    STAGE,
    TEAMS,
    TOUCHPOINTS,
    touchpoint_at,
)
from apps.metrics.definitions.vocabulary import DimensionKey as D

# An answer may arrive before the interaction it is about, so they meet by natural key, when read.
_INTERACTION = (
    "LEFT JOIN interactions_interaction i ON i.source = f.source AND i.external_id = f.interaction_external_id"
)

# What an answer speaks of is said by its survey, once and for all.
_SOURCE = "(SELECT r.*, s.scope FROM surveys_surveyresponse r JOIN surveys_survey s ON s.id = r.survey_id) f"

SURVEY_RESPONSE = Fact(
    key="survey_response",
    description="Every answer to a survey, at the moment it was given.",
    topic="survey_response",
    table="surveys_surveyresponse",
    moment="answered_at",
    source=_SOURCE,
    dimensions=(
        Dimension(D.SURVEY, "f.survey_id", Names("surveys_survey", label="name")),
        Dimension(D.TOUCHPOINT, PLACED, TOUCHPOINTS),
        STAGE,
        DEPARTMENT,
        Dimension(D.LANGUAGE, "f.language"),
        Dimension(D.SEGMENT, "c.segment", join="customer"),
        Dimension(D.COUNTRY, "c.country", join="customer"),
        Dimension(D.CHANNEL, "i.channel", join="interaction"),
        Dimension(D.QUEUE, "i.queue_id", QUEUES, join="interaction"),
        Dimension(D.AGENT, "i.agent_id", AGENTS, join="interaction"),
        Dimension(D.TEAM, "i.team_id", TEAMS, join="interaction"),
        Dimension(D.REASON, "i.reason_id", REASONS, join="interaction"),
        Dimension(D.PRIORITY, "i.priority", join="interaction"),
        Dimension(D.HANDLED_BY, "i.handled_by", join="interaction"),
    ),
    joins={"customer": CUSTOMER, "touchpoint": touchpoint_at("answered_at"), "interaction": _INTERACTION},
    shapes=((), (D.SURVEY,), (D.TOUCHPOINT,), (D.LANGUAGE,)),
    histogram_shapes=((), (D.SURVEY,)),
    private=frozenset({D.AGENT, D.SEGMENT}),
    in_blocks=True,
)
