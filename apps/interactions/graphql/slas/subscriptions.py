from datetime import timedelta
from typing import Annotated

import strawberry

from apps.accounts.permissions import Permission
from apps.interactions.graphql.slas.types import SlaInstance
from apps.interactions.slas import watch
from cxplatform.errors import BadInput
from cxplatform.graphql.context import Info
from cxplatform.graphql.roots import live_field

_LONGEST_SECONDS = 7 * 86_400
Within = Annotated[
    int, strawberry.argument(description="How many seconds before it is due a target is at risk: 1 to 604,800.")
]


@strawberry.type
class SlaSubscriptions:
    @live_field(
        requires=Permission.DRILL_DOWN,
        description="The targets that run and are due soon, at most 100, the soonest first; now, and again whenever one"
        " joins or leaves them, by what is done or by the clock.",
    )
    def sla_at_risk(self, info: Info, within_seconds: Within = 900) -> list[SlaInstance] | None:
        if not 1 <= within_seconds <= _LONGEST_SECONDS:
            raise BadInput("There are 1 to 604,800 seconds (a week).", field="withinSeconds")
        context, visible = info.context, SlaInstance.visible(info)
        within = timedelta(seconds=within_seconds)
        shown = SlaInstance.load(watch.at_risk(visible, within, context.now), info._raw_info)
        context.follow(watch.targets_topic(context.need_brand().id))
        context.look_again_at(watch.changes_at(shown, visible, within, context.now))
        context.push_when_changed([(each.id, each.due_at) for each in shown])
        return list(shown)

    @live_field(
        requires=Permission.DRILL_DOWN,
        description="The targets that run past due, at most 100, the latest broken first; now, and again whenever one"
        " joins or leaves them, by what is done or by the clock.",
    )
    def sla_breached(self, info: Info) -> list[SlaInstance] | None:
        context, visible = info.context, SlaInstance.visible(info)
        shown = SlaInstance.load(watch.broken(visible, context.now), info._raw_info)
        context.follow(watch.targets_topic(context.need_brand().id))
        context.look_again_at(watch.breaks_at(visible, context.now))
        context.push_when_changed([(each.id, each.due_at) for each in shown])
        return list(shown)
