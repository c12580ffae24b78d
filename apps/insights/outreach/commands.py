"""Rules made, changed, approved, paused, resumed and ended. Each runs inside the open brand door."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, models, transaction

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.insights.outreach.models import ProactiveRule, RuleState
from apps.insights.outreach.telling import DUE, somebody_listens
from apps.insights.outreach.terms import apply
from apps.insights.outreach.turns import reach_out_soon
from cxplatform.audit.trail import Subject, record_change
from cxplatform.errors import Conflict, NotFound
from cxplatform.named import checked_key

MOST_RULES: Final = 200


def create_proactive_rule(*, actor: Viewer, key: str, values: Mapping[str, Any], now: datetime) -> ProactiveRule:
    """Make a rule that reaches nobody until it is approved.

    Raises: Forbidden; BadInput, NotFound or Conflict naming the field; Conflict where there are too many.
    """
    actor.require(Permission.CONFIGURE)
    if ProactiveRule.objects.exclude(state=RuleState.ENDED).count() >= MOST_RULES:
        raise Conflict(f"A brand has {MOST_RULES} proactive rules that have not ended at most.")
    made = ProactiveRule(key=checked_key(key), state=RuleState.DRAFT, state_since=now, created_at=now, updated_at=now)
    apply(made, {"name": key, **values})
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict("There is a proactive rule of this key.", field="key") from error
    _record(actor, "create_proactive_rule", made, now, after=_told(made, ("segment", "kind", *values)))
    return made


def change_proactive_rule(*, actor: Viewer, rule_id: UUID, values: Mapping[str, Any], now: datetime) -> ProactiveRule:
    """Let a draft say something else. Raises: Forbidden; NotFound; BadInput; Conflict once it was approved."""
    actor.require(Permission.CONFIGURE)
    rule = _locked(rule_id)
    _insist(rule, RuleState.DRAFT)
    before = _told(rule, values)
    apply(rule, values)
    after = _told(rule, values)
    if after != before:
        rule.updated_at = now
        rule.save()
        _record(actor, "change_proactive_rule", rule, now, before=before, after=after)
    return rule


def approve_proactive_rule(*, actor: Viewer, rule_id: UUID, now: datetime) -> ProactiveRule:
    """Let a draft run from now on; who did is kept with it.

    Raises: Forbidden; NotFound; Conflict where it is no draft, its segment is retired, or nobody is told.
    """
    actor.require(Permission.CONFIGURE)
    rule = _locked(rule_id)
    _insist(rule, RuleState.DRAFT)
    _insist_it_can_run(rule)
    rule.approved_at, rule.approved_by = now, actor.actor.name[:200]
    _turn(actor, "approve_proactive_rule", rule, RuleState.APPROVED, now)
    reach_out_soon(now)
    return rule


def pause_proactive_rule(*, actor: Viewer, rule_id: UUID, now: datetime) -> ProactiveRule:
    """Let a rule reach nobody until it is resumed; what was told already stays told.

    Raises: Forbidden; NotFound; Conflict where it does not run.
    """
    actor.require(Permission.CONFIGURE)
    rule = _locked(rule_id)
    _insist(rule, RuleState.APPROVED)
    _turn(actor, "pause_proactive_rule", rule, RuleState.PAUSED, now)
    return rule


def resume_proactive_rule(*, actor: Viewer, rule_id: UUID, now: datetime) -> ProactiveRule:
    """Let a paused rule go on with whoever is in its segment by now.

    Raises: Forbidden; NotFound; Conflict where it is not paused, its segment is retired, or nobody is told.
    """
    actor.require(Permission.CONFIGURE)
    rule = _locked(rule_id)
    _insist(rule, RuleState.PAUSED)
    _insist_it_can_run(rule)
    _turn(actor, "resume_proactive_rule", rule, RuleState.APPROVED, now)
    reach_out_soon(now)
    return rule


def end_proactive_rule(*, actor: Viewer, rule_id: UUID, now: datetime) -> ProactiveRule:
    """Let a rule reach nobody any more; its outcome goes on being known. Raises: Forbidden; NotFound; Conflict."""
    actor.require(Permission.CONFIGURE)
    rule = _locked(rule_id)
    _insist(rule, RuleState.DRAFT, RuleState.APPROVED, RuleState.PAUSED)
    _turn(actor, "end_proactive_rule", rule, RuleState.ENDED, now)
    return rule


def _locked(rule_id: UUID) -> ProactiveRule:
    found = ProactiveRule.objects.select_for_update(no_key=True).filter(pk=rule_id).first()
    if found is None:
        raise NotFound("There is no such proactive rule.", field="id")
    return found


def _insist(rule: ProactiveRule, *states: RuleState) -> None:
    if rule.state not in states:
        raise Conflict(f"The rule is {rule.state}.", field="id")


def _insist_it_can_run(rule: ProactiveRule) -> None:
    if rule.segment.retired_at is not None:
        raise Conflict("Its segment is retired: nobody would be in it.", field="id")
    if not somebody_listens():
        raise Conflict(f"No active webhook endpoint asks for {DUE}: nobody would say anything.", field="id")


def _turn(actor: Viewer, action: str, rule: ProactiveRule, state: RuleState, now: datetime) -> None:
    before, rule.state = rule.state, state
    rule.state_since = rule.updated_at = now
    rule.save()
    _record(actor, action, rule, now, before={"state": before}, after={"state": state.value})


def _told(rule: ProactiveRule, names: Any) -> dict[str, Any]:
    values = {name: getattr(rule, name) for name in dict.fromkeys(names)}
    return {name: str(value) if isinstance(value, models.Model) else value for name, value in values.items()}


def _record(
    actor: Viewer,
    action: str,
    rule: ProactiveRule,
    now: datetime,
    *,
    after: dict[str, Any],
    before: dict[str, Any] | None = None,
) -> None:
    subject = Subject("ProactiveRule", rule.pk, label=rule.key)
    record_change(actor=actor.actor, action=action, subject=subject, now=now, before=before, after=after)
