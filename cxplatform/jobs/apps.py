from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cxplatform.jobs"
    label = "jobs"
