"""Every path the web process answers."""

from django.urls import URLPattern, URLResolver, path

from apps.accounts.http import authorise_import
from apps.surveys.page.urls import survey_urls
from apps.surveys.sending.reports.http import report_urls
from apps.surveys.sending.reports.tracking import tracking_urls
from cxplatform import health
from cxplatform.exports.http import export_urls
from cxplatform.graphql.graphiql.page import graphiql_urls
from cxplatform.graphql.view import graphql_view
from cxplatform.imports.http import import_urls

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("graphql", graphql_view, name="graphql"),
    *graphiql_urls(),
    *import_urls(authorise_import),
    *survey_urls(),
    *report_urls(),
    *tracking_urls(),
    *export_urls(),
]

handler400 = "cxplatform.refusals.bad_request"
handler403 = "cxplatform.refusals.forbidden"
handler404 = "cxplatform.refusals.not_found"
handler500 = "cxplatform.refusals.failed"
