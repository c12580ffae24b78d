from django.apps import AppConfig


class DirtyConfig(AppConfig):
    name = "cxplatform.dirty"
    label = "dirty"
