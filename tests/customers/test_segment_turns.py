"""Segments are evaluated in turn, and one that cannot be holds up no other."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers import commands
from apps.customers.models import ExchangeRate, Segment
from apps.customers.segments import evaluating
from apps.customers.segments.turns import JOB_KIND, evaluate_hourly
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.people import told
from tests.graphql.conftest import Asker, admin, asker
from tests.interactions.cases.stored import NOW
from tests.interactions.working.rows import viewer

__all__ = ["admin", "asker"]

pytestmark = pytest.mark.django_db

RULES: dict[str, dict[str, Any]] = {"rich": {"spent": {"at_least": 1}}, "german": {"country": ["DE"]}}
ASKED = "{ segments(orderBy: {field: CREATED_AT}) { nodes { key size evaluatedAt failedAt failure } } }"


def make(now: Any) -> None:
    """Make a segment that no number holds, as it multiplies by an absurd rate, and after it one that is well."""
    told("customers", {"external_id": "ann", "country": "DE"}, {"external_id": "bob", "country": "DE"})
    told("orders", {"external_id": "o", "customer": "ann", "amount": "99", "currency": "EUR", "ordered_at": NOW})
    ExchangeRate.objects.create(currency="EUR", effective_from=NOW, rate=1e308, created_at=NOW)
    for key, rules in RULES.items():
        commands.create_segment(actor=viewer(Role.BRAND_ADMIN), key=key, name=key, rules=rules, now=now)


def test_a_segment_that_fails_says_so_and_the_others_go_on(admin: Asker, acme: BrandRef) -> None:
    with brand_tx(acme):
        make(timezone.now())
    run_due(acme)
    with brand_tx(acme):
        job = Job.objects.get(kind=JOB_KIND)
    rich, german = admin.data(ASKED)["segments"]["nodes"]
    evaluate_hourly(acme)

    assert job.state == JobState.DONE
    assert (rich["size"], rich["evaluatedAt"]) == (None, None)
    assert rich["failedAt"] is not None
    assert rich["failure"] == "The database refused: NumericValueOutOfRange."
    assert (german["size"], german["failedAt"], german["failure"]) == (2, None, None)
    # It is not tried again before the hour is over, and then after those that are well.
    with brand_tx(acme):
        assert Job.objects.filter(kind=JOB_KIND).count() == 1
        ExchangeRate.objects.update(rate=1.1)
        Segment.objects.update(evaluated_at=timezone.now() - timedelta(hours=2))
        Segment.objects.filter(key="rich").update(failed_at=timezone.now() - timedelta(hours=2))
    evaluate_hourly(acme)
    run_due(acme)
    rich, german = admin.data(ASKED)["segments"]["nodes"]
    assert (rich["size"], rich["failedAt"], rich["failure"]) == (1, None, None)
    assert rich["evaluatedAt"] > german["evaluatedAt"]


def test_steps_of_a_job_go_on_where_the_last_one_ended(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluating.evaluate, "__kwdefaults__", {"after": evaluating.FIRST, "most": 1})
    with brand_tx(acme):
        make(timezone.now())
        ExchangeRate.objects.all().delete()
    run_due(acme)

    with brand_tx(acme):
        assert list(Segment.objects.order_by("key").values_list("key", "size")) == [("german", 2), ("rich", 0)]
        assert len(Job.objects.get(kind=JOB_KIND).args["done"]) == 2
