"""Health, readiness, known hosts, and pages that run in the shared door."""

import json

import pytest
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.test import Client, RequestFactory

from apps.accounts.models import Brand
from cxplatform.imports.models import ImportJob
from cxplatform.tenancy import fleet
from cxplatform.tenancy.doors import NoBrand, brand_tx, current_brand, current_door
from cxplatform.tenancy.middleware import SharedPrefixes


def test_healthz_touches_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = Client().get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_readyz_says_what_it_looked_at(committed, settings):
    response = Client().get("/readyz")

    assert response.status_code == 200, response.content
    assert response.json()["checks"] == {"database": True, "broker": True, "migrations": True}


def test_readyz_is_not_ready_without_its_broker(committed, settings):
    settings.BROKER_URL = "redis://127.0.0.1:1/0"

    response = Client().get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"] == {"database": True, "broker": False, "migrations": True}


def test_readyz_is_not_ready_while_a_brand_is_at_another_head(committed, acme):
    fleet.record_state(acme.id, head="older", state="AT_HEAD", error="")
    try:
        response = Client().get("/readyz")
    finally:
        fleet.migrate_brands(lambda line: None)

    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] is False


@pytest.mark.parametrize("host", ["evil.example", "bad_host", "a b", "localhost.evil.example"])
def test_an_unknown_host_is_refused_before_anything_is_written(committed, acme, settings, host):
    settings.ALLOWED_HOSTS = ["localhost"]

    graphql = Client().post("/graphql", "{}", content_type="application/json", headers={"Host": host})
    imports = Client().post("/import/customers", "external_id\nc\n", content_type="text/csv", headers={"Host": host})

    assert (graphql.status_code, graphql.json()["errors"][0]["extensions"]["code"]) == (400, "BAD_USER_INPUT")
    assert (imports.status_code, imports.json()["error"]["code"]) == (400, "BAD_USER_INPUT")
    with brand_tx(acme):
        assert ImportJob.objects.count() == 0


def test_health_is_answered_whatever_the_host(db, settings):
    settings.ALLOWED_HOSTS = ["localhost"]

    assert Client().get("/healthz", headers={"Host": "10.0.0.7"}).status_code == 200


def page(request: HttpRequest) -> HttpResponse:
    """Stand for a third-party page: it reads shared rows and knows nothing of doors."""
    return HttpResponse(json.dumps([current_door() is not None, Brand.objects.count() if current_door() else 0]))


def test_a_listed_prefix_runs_in_the_shared_door(db, acme, globex, settings):
    settings.CX_SHARED_PATH_PREFIXES = ["/admin/"]
    served = SharedPrefixes(page)

    inside = served(RequestFactory().get("/admin/login"))
    outside = served(RequestFactory().get("/administrator"))

    assert json.loads(inside.content) == [True, 2]
    assert json.loads(outside.content) == [False, 0]


def test_a_page_rendered_late_is_rendered_inside_the_door(db, acme, settings):
    settings.CX_SHARED_PATH_PREFIXES = ["/admin/"]
    seen: list[bool] = []

    class Late(TemplateResponse):
        @property
        def rendered_content(self) -> str:
            seen.append(current_door() is not None)
            return "page"

    response = SharedPrefixes(lambda request: Late(request, "none.html"))(RequestFactory().get("/admin/"))

    assert (seen, response.content) == ([True], b"page")


def test_the_shared_door_of_a_page_is_no_brands(db, acme, settings):
    settings.CX_SHARED_PATH_PREFIXES = ["/admin/"]

    def asks(request: HttpRequest) -> HttpResponse:
        with pytest.raises(NoBrand):
            current_brand()
        return HttpResponse()

    assert SharedPrefixes(asks)(RequestFactory().get("/admin/")).status_code == 200
