from datetime import timedelta

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.graphql.types import Surge
from apps.insights.surges.finding import hour_of, latest_surge
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.graphql.arguments import Filter, allowed
from apps.metrics.topics import numbers_topic
from cxplatform.graphql.context import Info
from cxplatform.graphql.roots import live_field


@strawberry.type
class InsightSubscriptions:
    @live_field(
        requires=Permission.METRICS,
        description="The surge that began last, of the 24 hours up to the one that runs, null for none; then every one"
        " that begins, once. An hour that runs is a surge as soon as more came than chance explains of a whole one.",
    )
    def surge_started(self, info: Info, *, where: Filter = None) -> Surge | None:
        context = info.context
        found = latest_surge(now=context.now, where=allowed(info, where))
        context.follow(numbers_topic(context.need_brand().id, INTERACTION.topic))
        # What is known of the hour to come already may make it a surge as it begins.
        context.look_again_at(hour_of(context.now) + timedelta(hours=1))
        context.push_once(found.hours if found else ())
        return found  # type: ignore[return-value]  # a value, shown as the type
