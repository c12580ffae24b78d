from django.apps import AppConfig
from django.utils import timezone


class InteractionsConfig(AppConfig):
    name = "apps.interactions"
    label = "interactions"

    def ready(self) -> None:
        """Say which customers a member serves, which the app of customers cannot know, and who looks after the rest."""
        from apps.customers.segments.conditions import register_condition  # noqa: PLC0415  # as above
        from apps.customers.serving import register_served  # noqa: PLC0415  # models are not loaded before
        from apps.interactions import merged_customers  # noqa: PLC0415  # as above
        from apps.interactions.case_marks import register_wake, wake_for_marks  # noqa: PLC0415  # as above
        from apps.interactions.media_retention import (  # noqa: PLC0415  # as above
            JOB_KIND as REMOVE_OLD,
        )
        from apps.interactions.media_retention import remove_old, watch_retention  # noqa: PLC0415  # as above
        from apps.interactions.models import Interaction  # noqa: PLC0415  # as above
        from apps.interactions.own_work import served_by  # noqa: PLC0415  # as above
        from apps.interactions.placing.anew import JOB_KIND as PLACE  # noqa: PLC0415  # as above
        from apps.interactions.placing.anew import place_contacts  # noqa: PLC0415  # as above
        from apps.interactions.reasons import moving  # noqa: PLC0415  # as above
        from apps.interactions.segments import contacted  # noqa: PLC0415  # as above
        from apps.interactions.service_settings import REJOIN, rejoin_cases  # noqa: PLC0415  # as above
        from apps.interactions.slas.marks import TOPIC  # noqa: PLC0415  # as above
        from apps.interactions.slas.watch import count_broken  # noqa: PLC0415  # as above
        from apps.interactions.tasks import (  # noqa: PLC0415  # as above
            push_what_waits,
            renew_what_is_marked,
            wake_cases,
            wake_pusher,
            wake_slas,
        )
        from apps.interactions.work.wakes import register_pushing  # noqa: PLC0415  # as above
        from apps.interactions.work.waking import JOB_KIND, wake_interaction  # noqa: PLC0415  # as above
        from apps.journeys.ledger.evidence import evidenced_by  # noqa: PLC0415  # as above
        from apps.journeys.models import EvidenceKind  # noqa: PLC0415  # as above
        from apps.journeys.stages.moments import MomentKind  # noqa: PLC0415  # as above
        from apps.journeys.stages.sources import Source, told_by  # noqa: PLC0415  # as above
        from cxplatform.dirty.marks import register_consumer  # noqa: PLC0415  # as above
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        register_served(served_by)
        told_by(MomentKind.INTERACTION, Source(Interaction, "opened_at", ("touchpoint_id", "placed_id")))
        evidenced_by(EvidenceKind.INTERACTION, Interaction, "opened_at")
        merged_customers.register()
        register_condition("contacted", contacted)
        register_wake(wake_cases)
        register_chore(wake_for_marks)
        register_pushing(wake_pusher)
        register_chore(push_what_waits)
        handlers.register(JOB_KIND, wake_interaction)
        handlers.register(REMOVE_OLD, remove_old)
        register_chore(lambda brand: watch_retention(brand, timezone.now()))
        handlers.register(REJOIN, rejoin_cases)
        handlers.register(PLACE, place_contacts)
        register_consumer(TOPIC, wake_slas)
        register_chore(renew_what_is_marked)
        register_chore(lambda brand: count_broken(brand, timezone.now()))
        handlers.register(moving.JOB_KIND, moving.move_merged)
