from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "cxplatform.imports"
    label = "imports"
