"""Genesys Cloud: conversation details, as its analytics API answers them (queries, jobs, or one alone)."""

from collections.abc import Iterator
from typing import Any, Final

from apps.interactions.adapters.adapter import Adapter, Made
from apps.interactions.adapters.export import Export
from apps.interactions.adapters.genesys.conversation import Conversation, read_conversation
from apps.interactions.adapters.genesys.events import events_of
from apps.interactions.adapters.happened import made_with_events
from apps.interactions.adapters.moments import version_of
from apps.interactions.adapters.people import customer_key, made_caller
from apps.interactions.adapters.record import Record
from apps.interactions.adapters.tables import Table

CONVERSATIONS: Final = Table("conversation", needs=("conversationId", "conversationStart"), array="conversations")

_DIRECTIONS: Final = {"inbound": "INBOUND", "outbound": "OUTBOUND"}
_FINISHED: Final = "Finished"


def adapt(export: Export) -> Iterator[Made]:
    """Make an interaction of every conversation, with its customer and the answers to its surveys."""
    for record in export.records(CONVERSATIONS):
        told = read_conversation(record, export.options.channel)
        customer = told.contact or (told.address and customer_key(told.address))
        if told.address and not told.contact:
            yield from made_caller(export, told.address, record.place)
        yield from made_with_events(export, _interaction(record, told, customer), events_of(told))
        yield from _answers(record, customer)


def _interaction(record: Record, told: Conversation, customer: str | None) -> Made:
    opened, ended = record.moment("conversationStart"), record.moment("conversationEnd")
    values: dict[str, Any] = {
        "external_id": record.text("conversationId"),
        "version": version_of(opened, ended, told.last),
        "channel": told.channel,
        "direction": record.choice(_DIRECTIONS, "originatingDirection"),
        "opened_at": opened,
        "closed_at": ended,
        "customer": customer,
        "queue": told.queue,
        "agent": told.agent,
        "wait_seconds": told.wait_seconds,
        "answered": told.answered,
        "abandoned": told.abandoned,
        "handled_by": "BOT" if told.answered is None and told.bot else "HUMAN",
        "talk_seconds": told.talk_seconds,
        "hold_seconds": told.hold_seconds,
        "after_call_seconds": told.after_call_seconds,
        "transfers": told.transfers,
    }
    return Made("interactions", values, record.place)


def _answers(record: Record, customer: str | None) -> Iterator[Made]:
    for survey in record.children("surveys", "survey"):
        if survey.text("surveyStatus") != _FINISHED or survey.value("surveyPromoterScore") is None:
            survey.lose("surveyStatus", "is no finished survey with a promoter score: left out", _state(survey))
            continue
        answered = survey.moment("surveyCompletedDate", "eventTime")
        values = {
            "external_id": survey.text("surveyId"),
            "version": version_of(answered),
            "survey": f"genesys-{survey.text('surveyFormId') or 'survey'}",
            "kind": "NPS",
            "score": survey.text("surveyPromoterScore"),
            "answered_at": answered,
            "customer": customer,
            "interaction": record.text("conversationId"),
        }
        yield Made("survey-responses", values, record.place)


def _state(survey: Record) -> str:
    return survey.text("surveyStatus") or "none"


GENESYS = Adapter(
    name="genesys",
    reads="JSON documents of conversation details: of a query, of a job, or one alone",
    tables=(CONVERSATIONS,),
    adapt=adapt,
)
