"""All models of the app, each beside its subject."""

from apps.insights.goals.models import Goal
from apps.insights.outreach.models import Arm, Outreach, OutreachKind, ProactiveRule, RuleState

__all__ = ["Arm", "Goal", "Outreach", "OutreachKind", "ProactiveRule", "RuleState"]
