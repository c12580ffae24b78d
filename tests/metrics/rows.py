"""Rows of the facts, written the way a definition's worked example writes them."""

import itertools
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from apps.customers.models import Customer, Order
from apps.interactions.models import (
    Agent,
    AgentState,
    Interaction,
    Message,
    Queue,
    Reason,
    SlaInstance,
    SlaPolicy,
    SlaPolicyVersion,
    Team,
)
from apps.journeys.models import (
    Department,
    Journey,
    JourneyStage,
    JourneyVersion,
    Placement,
    Touchpoint,
    TouchpointEvent,
    TouchpointSpan,
)
from apps.surveys.models import USUAL_SCOPES, FeedbackItem, Survey, SurveyResponse
from tests.metrics import promised
from tests.metrics.invited import invite

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_numbers = itertools.count()
_INSTANTS = (
    "opened_at",
    "answered_at",
    "first_response_at",
    "resolved_at",
    "closed_at",
    "sent_at",
    "ordered_at",
    "occurred_at",
    "joined_at",
    "churned_at",
    "at",
    "from_at",
    "to_at",
    "first_human_response_at",
    "bot_handed_off_at",
    "first_resolved_at",
    "occurred_at",
    "handed_at",
    "accepted_at",
    "repaired_at",
    "invited_at",
    "first_answer_at",
    "in_part_at",
    "closes_at",
)
_KEYED: dict[str, tuple[Any, str]] = {
    "queue": (Queue, "key"),
    "team": (Team, "key"),
    "agent": (Agent, "key"),
    "touchpoint": (Touchpoint, "key"),
    "reason": (Reason, "path"),
    "customer": (Customer, "external_id"),
    "survey": (Survey, "key"),
}


class _Store:
    """What the rows of one call refer to, each made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], Any] = {}

    def values(self, row: Mapping[str, Any]) -> dict[str, Any]:
        values = dict(row)
        segment = values.pop("segment", None)
        for name in _KEYED:
            if values.get(name):
                values[name] = self._named(name, values[name], segment, row)
        for name in _INSTANTS:
            if isinstance(values.get(name), str):
                values[name] = datetime.fromisoformat(values[name]).astimezone(UTC)
        if isinstance(values.get("reopened_at"), str):
            moments = values["reopened_at"].split(";")
            values["reopened_at"] = [datetime.fromisoformat(moment).astimezone(UTC) for moment in moments]
        return values

    def _named(self, name: str, key: str, segment: str | None, row: Mapping[str, Any]) -> Any:
        if (name, key) not in self._made:
            model, field = _KEYED[name]
            also = {"reason": {"name": key}, "customer": {"segment": segment}, "survey": _survey(row)}
            self._made[name, key] = model.objects.get_or_create(**{field: key}, defaults=also.get(name, {}))[0]
        return self._made[name, key]


def _stored_by_itself(known: "_Store", row: dict[str, Any]) -> bool:
    """Store a row of the facts that are told by one column, and say whether it was one."""
    if "kept" in row:
        promised.outcome(known.values(row)).save()
    elif "invited_at" in row:
        invite(known.values(row), next(_numbers))
    elif "handed_at" in row:
        promised.handoff(known.values(row)).save()
    elif "joined_at" in row:
        Customer.objects.create(**known.values(row))
    elif "state" in row:
        AgentState.objects.create(**known.values({"agent": "kim", **row}))
    elif "author" in row:
        Message.objects.create(**known.values({"external_id": f"m{next(_numbers)}", **row}))
    elif "label" in row:
        FeedbackItem.objects.create(**known.values({"external_id": f"f{next(_numbers)}", "kind": "OTHER", **row}))
    else:
        return False
    return True


def store(rows: Iterable[Mapping[str, Any]]) -> None:
    """Store rows in the open door: those with `opened_at` are interactions, the others answers.

    An interaction with a measure under `promised` has that target, which starts when it is opened. Those with an
    `author` are messages, those with a `label` feedback, those with `occurred_at` touchpoint events, under `levels`.
    """
    known, interactions, answers, orders, targets = _Store(), [], [], [], []
    for given in rows:
        row = dict(given)
        target = {name: row.pop(name, None) for name in ("promised", "due_at", "ended_at")}
        if _stored_by_itself(known, row):
            continue
        if "occurred_at" in row:
            levels = row.pop("levels", None)
            values = known.values({"external_id": f"e{next(_numbers)}", **row})
            TouchpointEvent.objects.create(**values)
            hold_to(values["touchpoint"], levels)
        elif "ordered_at" in row:
            made = {"external_id": f"o{next(_numbers)}", "amount": 1, "currency": "USD", **row}
            orders.append(Order(**known.values(made)))
        elif "opened_at" in row:
            values = known.values({"external_id": f"i{next(_numbers)}", "channel": "PHONE", **row})
            interactions.append(Interaction(**values))
            if target["promised"] is not None:
                targets.append(_target(interactions[-1], target))
        else:
            answers.append(SurveyResponse(**known.values(_answer(row))))
    Interaction.objects.bulk_create(interactions)
    SurveyResponse.objects.bulk_create(answers)
    Order.objects.bulk_create(orders)
    SlaInstance.objects.bulk_create(targets)


def _answer(row: dict[str, Any]) -> dict[str, Any]:
    """Return an answer to the survey it names, or to its kind's own of the scope it names."""
    scope = row.pop("scope", None)
    usual = scope in (None, USUAL_SCOPES[row["kind"]])
    survey = row["kind"].lower() if usual else f"{row['kind']} {scope}".lower()
    return {"external_id": f"r{next(_numbers)}", "survey": survey, **row}


def _survey(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a survey made for a row asks, and of what."""
    if row.get("kind") not in USUAL_SCOPES:
        return {}
    usual = USUAL_SCOPES[row["kind"]]
    other = "TRANSACTIONAL" if usual == "RELATIONAL" else "RELATIONAL"
    return {"kind": row["kind"], "scope": other if row["survey"].endswith(f" {other}".lower()) else usual}


def hold_to(touchpoint: Touchpoint, levels: str | None) -> None:
    """Place a touchpoint in versions with service levels, written as since=milliseconds and joined by semicolons."""
    if not levels or TouchpointSpan.objects.filter(touchpoint=touchpoint).exists():
        return
    owner = Department.objects.get_or_create(key="owner", defaults={"name": "owner", "created_at": EPOCH})[0]
    journey = Journey.objects.create(key=f"of {touchpoint.key}", name="x", created_at=EPOCH)
    told = [each.split("=") for each in levels.split(";")]
    turns = [datetime.fromisoformat(since) for since, _ in told]
    for number, ((_, slo_ms), since, until) in enumerate(zip(told, turns, [*turns[1:], None], strict=True), 1):
        version = JourneyVersion.objects.create(
            journey=journey, number=number, state="PUBLISHED", effective_from=since, effective_until=until,
            created_at=EPOCH, published_at=EPOCH,
        )  # fmt: skip
        stage = JourneyStage.objects.create(version=version, position=0, key=f"stage {number}", kind="USAGE", name="x")
        placement = Placement.objects.create(
            version=version, stage=stage, position=0, touchpoint=touchpoint, name="x", channel="WEB", owner=owner,
            is_moment_of_truth=False, weight=100, slo_ms=int(slo_ms), slo_share=0.9,
        )  # fmt: skip
        TouchpointSpan.objects.create(
            touchpoint=touchpoint, since=since, until=until, placement=placement, stage=stage.key, department=owner.key
        )


def _target(interaction: Interaction, told: Mapping[str, Any]) -> SlaInstance:
    moments = {name: told[name] for name in ("due_at", "ended_at")}
    moments = {name: datetime.fromisoformat(at) if isinstance(at, str) else at for name, at in moments.items()}
    opened_at = interaction.opened_at
    return SlaInstance(
        interaction=interaction, version=_promise(), measure=told["promised"], number=1, priority=interaction.priority,
        target_seconds=3_600, business=False, started_at=opened_at, **moments,
    )  # fmt: skip


def _promise() -> SlaPolicyVersion:
    policy, _ = SlaPolicy.objects.get_or_create(key="promised", defaults={"created_at": EPOCH})
    said = {"effective_from": EPOCH, "rank": 1, "targets": [], "created_at": EPOCH}
    said |= {name: [] for name in ("channels", "priorities", "queues", "segments")}
    return SlaPolicyVersion.objects.get_or_create(policy=policy, number=1, defaults=said)[0]
