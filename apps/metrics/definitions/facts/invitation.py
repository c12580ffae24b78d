"""Invitations to answer a survey, counted at the moment they were sent."""

from datetime import timedelta

from apps.metrics.definitions.facts.fact import Dimension, Fact, Names
from apps.metrics.definitions.facts.interaction import CUSTOMER, DEPARTMENT, STAGE, TOUCHPOINTS, touchpoint_at
from apps.metrics.definitions.vocabulary import DimensionKey as D

# How long an invitation may be answered that does not say.
OPEN_DAYS = 14

# Answered is one whose first scored question was answered while it was open. What came later is kept as an answer, but
# is none here. A form that was begun has its answers one by one; an imported invitation only says when it was answered.
_SOURCE = f"""(
    SELECT i.id, i.sent_at, i.survey_id, i.touchpoint_id, i.customer_id, i.channel, i.language,
           i.state = 'BOUNCED' AS bounced, o.closes_at <= now() AS ripe,
           coalesce(i.answered_at <= o.closes_at, FALSE) OR i.started_at IS NOT NULL AND EXISTS (
               SELECT 1 FROM surveys_givenanswer g
               WHERE g.invitation_id = i.id AND g.score IS NOT NULL AND g.given_at <= o.closes_at) AS answered
    FROM surveys_invitation i
    CROSS JOIN LATERAL (
        SELECT coalesce(i.expires_at, i.sent_at + interval '{OPEN_DAYS} days') AS closes_at
    ) o
    WHERE i.sent_at IS NOT NULL
) f"""  # noqa: S608  # constants

INVITATION = Fact(
    key="invitation",
    description=f"Every invitation to answer a survey, at the moment it was sent, once {OPEN_DAYS} days have passed"
    " since its day.",
    topic="invitation",
    table="surveys_invitation",
    moment="sent_at",
    source=_SOURCE,
    dimensions=(
        Dimension(D.SURVEY, "f.survey_id", Names("surveys_survey", label="name")),
        Dimension(D.CHANNEL, "f.channel"),
        Dimension(D.TOUCHPOINT, "f.touchpoint_id", TOUCHPOINTS),
        STAGE,
        DEPARTMENT,
        Dimension(D.LANGUAGE, "f.language"),
        Dimension(D.SEGMENT, "c.segment", join="customer"),
        Dimension(D.COUNTRY, "c.country", join="customer"),
    ),
    joins={"customer": CUSTOMER, "touchpoint": touchpoint_at("sent_at", "f.touchpoint_id")},
    shapes=(),
    histogram_shapes=(),
    ripens=timedelta(days=OPEN_DAYS),
    unkept=True,
    private=frozenset({D.SEGMENT}),
)
