"""Every path the web process answers."""

from django.urls import URLPattern, URLResolver, path

from cxplatform import health
from cxplatform.graphql.view import graphql_view

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("graphql", graphql_view, name="graphql"),
]
