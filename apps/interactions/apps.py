from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "apps.interactions"
    label = "interactions"

    def ready(self) -> None:
        """Say which customers a member serves, which the app of customers cannot know, and who makes cases."""
        from apps.customers.serving import register_served  # noqa: PLC0415  # models are not loaded before
        from apps.interactions.case_marks import register_wake, wake_for_marks  # noqa: PLC0415  # as above
        from apps.interactions.own_work import served_by  # noqa: PLC0415  # as above
        from apps.interactions.tasks import wake  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        register_served(served_by)
        register_wake(wake)
        register_chore(wake_for_marks)
