from datetime import timedelta
from typing import Final

import strawberry

from apps.accounts.permissions import Permission
from apps.surveys.follow_ups.topics import follow_ups_topic, responses_topic
from apps.surveys.graphql.follow_ups.types import FollowUp
from apps.surveys.graphql.types import SurveyResponse
from apps.surveys.models import FollowUpState
from cxplatform.graphql.context import Info
from cxplatform.graphql.roots import live_field

_MOST_ANSWERS: Final = 20
_MOST_FOLLOW_UPS: Final = 100
_JUST_AFTER: Final = timedelta(milliseconds=1)
_UNFINISHED: Final = (FollowUpState.OPEN, FollowUpState.IN_PROGRESS)


@strawberry.type
class SurveySubscriptions:
    @live_field(
        requires=Permission.DRILL_DOWN,
        description="What customers answered last, at most 20, the latest first; now, and again whenever one of these "
        "comes or changes.",
    )
    def response_received(self, info: Info) -> list[SurveyResponse] | None:
        context = info.context
        latest = SurveyResponse.visible(info).order_by("-answered_at", "-id")[:_MOST_ANSWERS]
        shown = SurveyResponse.load(latest, info._raw_info, keep=("updated_at",))
        context.follow(responses_topic(context.need_brand().id))
        context.push_when_changed([(each.id, each.updated_at) for each in shown])
        return list(shown)

    @live_field(
        requires=Permission.DRILL_DOWN,
        description="The follow-ups that are due and not done, at most 100, the latest due first; now, and again "
        "whenever one joins or leaves them, by what is done or by the clock.",
    )
    def follow_up_due(self, info: Info) -> list[FollowUp] | None:
        context = info.context
        unfinished = FollowUp.visible(info).filter(state__in=_UNFINISHED)
        late = unfinished.filter(due_at__lte=context.now).order_by("-due_at", "-id")[:_MOST_FOLLOW_UPS]
        shown = FollowUp.load(late, info._raw_info, keep=("updated_at",))
        following = unfinished.filter(due_at__gt=context.now).order_by("due_at").values_list("due_at", flat=True)
        first = following.first()
        context.follow(follow_ups_topic(context.need_brand().id))
        context.look_again_at(first + _JUST_AFTER if first else None)
        context.push_when_changed([(each.id, each.updated_at) for each in shown])
        return list(shown)
