"""The paths of surveys that customers meet, who have no key."""

from django.urls import URLPattern, path

from apps.surveys.page.json_view import survey_json
from apps.surveys.page.preview import preview_page
from apps.surveys.page.views import survey_page, unsubscribe_page
from apps.surveys.page.widget import widget


def survey_urls() -> list[URLPattern]:
    return [
        path("s/preview/<str:signed>", preview_page, name="survey-preview"),
        path("s/<str:token>.json", survey_json, name="survey-json"),
        path("s/<str:token>", survey_page, name="survey"),
        path("s/<str:token>/unsubscribe", unsubscribe_page, name="survey-unsubscribe"),
        path("surveys/widget.js", widget, name="survey-widget"),
    ]
