"""What can be imported into this app: invitations and answers, with the surveys that they name; and feedback."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from apps.customers.imports import CUSTOMER, CUSTOMER_ID
from apps.interactions.topics import SAID
from apps.journeys.imports import TOUCHPOINT, TOUCHPOINT_KEY
from apps.journeys.stages.marks import mark_travellers, travellers_of
from apps.surveys.feedback.recording import FEEDBACK
from apps.surveys.follow_ups.opening import follow_answers
from apps.surveys.invitations.states import state_told
from apps.surveys.models import (
    SCORE_RANGES,
    USUAL_SCOPES,
    Invitation,
    SendingChannel,
    Survey,
    SurveyKind,
    SurveyResponse,
)
from apps.surveys.placing import place_written
from cxplatform.imports.checks import not_before
from cxplatform.imports.decisions import RowKey, State
from cxplatform.imports.instants import Instant
from cxplatform.imports.kinds import Column, Kind, Reference, kind_named, register
from cxplatform.imports.loading import lock_kind
from cxplatform.imports.number_types import Integer
from cxplatform.imports.problems import Code, Problem
from cxplatform.imports.rows import Row
from cxplatform.imports.source_keys import KeyElsewhere
from cxplatform.imports.text_types import LANGUAGE, Choice, Key, Text
from cxplatform.tenancy.doors import current_brand


def _score_on_its_scale(row: Mapping[str, Any]) -> Problem | None:
    low, high = SCORE_RANGES[row["kind"]]
    if low <= row["score"] <= high:
        return None
    return Problem("score", Code.OUT_OF_RANGE, f"must be from {low} to {high} for {row['kind']}")


# A survey is made with the kind of the first row that names it, and keeps it.
SURVEY = Reference(Survey, fill=lambda key, kind: {"name": key, "scope": USUAL_SCOPES[kind]}, carries=("kind",))


def _lock_contacts(rows: Sequence[Row]) -> None:
    """Let no contact come meanwhile that answers are about: of two who do not see each other neither would place."""
    if any(map(_may_be_placed, rows)):
        lock_kind(current_brand(), kind_named("interactions"))


def _may_be_placed(row: Row) -> bool:
    """Tell whether an answer says what it is about, or takes back where; any other stays where it is."""
    if "interaction" in row.values:
        return row.values["interaction"] is not None
    return "touchpoint" in row.values and row.values["touchpoint"] is None


def _derive_anew(changed: Mapping[RowKey, State], now: datetime) -> None:
    mark_travellers(travellers_of(changed.values()))
    place_written(changed)
    follow_answers(changed, now)


SURVEY_RESPONSES = Kind(
    name="survey-responses",
    model=SurveyResponse,
    topic="survey_response",
    time_column="answered_at",
    also_marked=((SAID, ("answered_at",)),),
    own_columns=(
        Column("survey", Key(100), required=True, reference=SURVEY),
        Column("kind", Choice(SurveyKind.values), required=True),
        Column("score", Integer(-(2**15), 2**15 - 1), required=True),
        Column("answered_at", Instant(), required=True),
        Column("customer", CUSTOMER_ID, reference=CUSTOMER),
        Column("interaction", Key(200), field="interaction_external_id"),
        Column("touchpoint", TOUCHPOINT_KEY, reference=TOUCHPOINT),
        Column("comment", Text(100_000)),
        Column("language", LANGUAGE),
        Column("sent_at", Instant()),
    ),
    checks=(_score_on_its_scale, not_before("answered_at", "sent_at")),
    before=_lock_contacts,
    locks=("interactions",),
    settle=_derive_anew,
)

# What a brand asks by a sender of its own. Those of campaigns are not told of: their keys are taken.
SURVEY_INVITATIONS = Kind(
    name="survey-invitations",
    model=Invitation,
    topic="invitation",
    time_column="sent_at",
    external_id_required=True,
    external_id=KeyElsewhere(200, "invitation-"),
    own_columns=(
        Column("survey", Key(100), required=True, reference=SURVEY),
        Column("kind", Choice(SurveyKind.values), required=True, kept=False),
        Column("customer", CUSTOMER_ID, reference=CUSTOMER),
        Column("interaction", Key(200), field="interaction_external_id"),
        Column("touchpoint", TOUCHPOINT_KEY, reference=TOUCHPOINT),
        Column("channel", Choice(SendingChannel.values), default=SendingChannel.EMAIL.value),
        Column("language", LANGUAGE),
        Column("sent_at", Instant(), required=True),
        Column("delivered_at", Instant()),
        Column("opened_at", Instant()),
        Column("answered_at", Instant()),
        Column("bounced_at", Instant(), field="ended_at"),
    ),
    checks=tuple(not_before(name, "sent_at") for name in ("delivered_at", "opened_at", "answered_at", "bounced_at")),
    worked_out=(("state", state_told),),
)

register(SURVEY_INVITATIONS, SURVEY_RESPONSES, FEEDBACK)
