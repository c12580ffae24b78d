"""All models of the app, each beside its subject."""

from apps.insights.outreach.models import Arm, Outreach, OutreachKind, ProactiveRule, RuleState

__all__ = ["Arm", "Outreach", "OutreachKind", "ProactiveRule", "RuleState"]
