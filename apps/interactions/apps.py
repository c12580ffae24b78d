from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "apps.interactions"
    label = "interactions"

    def ready(self) -> None:
        """Say which customers a member serves, which the app of customers cannot know."""
        from apps.customers.serving import register_served  # noqa: PLC0415  # models are not loaded before
        from apps.interactions.own_work import served_by  # noqa: PLC0415  # as above

        register_served(served_by)
