from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "apps.insights"
    label = "insights"

    def ready(self) -> None:
        from apps.insights.frictions.looking import JOB_KIND, look_daily, run_look  # noqa: PLC0415  # models are not loaded before
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        handlers.register(JOB_KIND, run_look)
        register_chore(look_daily)
