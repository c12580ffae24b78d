from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "apps.insights"
    label = "insights"

    def ready(self) -> None:
        from apps.customers.identities.holders import register_follower  # noqa: PLC0415  # as below
        from apps.insights.frictions.looking import JOB_KIND, look_daily, run_look  # noqa: PLC0415  # models are not loaded before
        from apps.insights.health import refreshing  # noqa: PLC0415  # as above
        from apps.insights.outreach import telling, turns  # noqa: PLC0415  # as above
        from cxplatform.jobs import handlers  # noqa: PLC0415  # as above
        from cxplatform.jobs.sweep import register_chore  # noqa: PLC0415  # as above

        handlers.register(JOB_KIND, run_look)
        register_chore(look_daily)
        handlers.register(refreshing.JOB_KIND, refreshing.score_customers)
        register_chore(refreshing.score_daily)
        register_follower(refreshing.score_anew)
        handlers.register(turns.JOB_KIND, turns.reach_out)
        register_chore(turns.reach_out_hourly)
        telling.register()
