"""Writes of this app. Each runs inside the brand's door, which the caller opens."""

from apps.journeys.commands.departments import create_department, rename_department
from apps.journeys.commands.drafts import draft_journey_version, edit_journey_draft
from apps.journeys.commands.events import record_touchpoint_event
from apps.journeys.commands.frictions import (
    Judged,
    confirm_friction,
    dismiss_friction,
    report_friction,
    resolve_friction,
    start_friction,
)
from apps.journeys.commands.handoffs import record_handoff
from apps.journeys.commands.journeys import create_journey
from apps.journeys.commands.promise_outcomes import Repair, record_promise_outcome, record_promise_repair
from apps.journeys.commands.promises import create_promise, retire_promise
from apps.journeys.commands.proposing import propose_frictions
from apps.journeys.commands.publishing import publish_journey_version, retire_journey_version
from apps.journeys.commands.walkthroughs import WrittenScore, record_walkthrough

__all__ = [
    "Judged",
    "Repair",
    "WrittenScore",
    "confirm_friction",
    "create_department",
    "create_journey",
    "create_promise",
    "dismiss_friction",
    "draft_journey_version",
    "edit_journey_draft",
    "propose_frictions",
    "publish_journey_version",
    "record_handoff",
    "record_promise_outcome",
    "record_promise_repair",
    "record_touchpoint_event",
    "record_walkthrough",
    "rename_department",
    "report_friction",
    "resolve_friction",
    "retire_journey_version",
    "retire_promise",
    "start_friction",
]
