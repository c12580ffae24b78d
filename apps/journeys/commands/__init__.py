"""Writes of this app. Each runs inside the brand's door, which the caller opens."""

from apps.journeys.commands.departments import create_department, rename_department
from apps.journeys.commands.drafts import draft_journey_version, edit_journey_draft
from apps.journeys.commands.handoffs import record_handoff
from apps.journeys.commands.journeys import create_journey
from apps.journeys.commands.promise_outcomes import Repair, record_promise_outcome, record_promise_repair
from apps.journeys.commands.promises import create_promise, retire_promise
from apps.journeys.commands.publishing import publish_journey_version, retire_journey_version
from apps.journeys.commands.walkthroughs import WrittenScore, record_walkthrough

__all__ = [
    "Repair",
    "WrittenScore",
    "create_department",
    "create_journey",
    "create_promise",
    "draft_journey_version",
    "edit_journey_draft",
    "publish_journey_version",
    "record_handoff",
    "record_promise_outcome",
    "record_promise_repair",
    "record_walkthrough",
    "rename_department",
    "retire_journey_version",
    "retire_promise",
]
