from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "apps.customers"
    label = "customers"

    def ready(self) -> None:
        """Say what a merge of customers does to this app's tables, and who evaluates segments."""
        from apps.customers.identities import own_tables  # noqa: PLC0415  # models are not loaded before
        from apps.customers.segments import turns  # noqa: PLC0415  # as above
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        own_tables.register()
        handlers.register(turns.JOB_KIND, turns.evaluate_next)
        register_chore(turns.evaluate_hourly)
