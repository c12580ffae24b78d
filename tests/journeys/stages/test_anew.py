"""Publishing and retiring make stages anew, of whom they concern; and two who do it do not clash."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from apps.accounts.permissions import Role
from apps.journeys.imports import TOUCHPOINT_EVENTS
from apps.journeys.models import JourneyVersion, StageMark
from apps.journeys.stages import anew
from apps.journeys.stages.staging import stage_marked
from cxplatform.jobs.models import Job, JobState
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.isolation.api import world
from tests.journeys.mapped import RETIRE, at, department, journey, stage
from tests.journeys.mapped import published as publish
from tests.journeys.stages.stored import event, load, published, standing, ways, went


def settle(brand: BrandRef) -> None:
    run_due(brand)
    while stage_marked(brand):
        pass


def test_a_version_that_comes_and_goes_stages_those_it_concerns_in_bounded_steps(
    committed: None, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(anew, "CUSTOMERS_A_STEP", 2)
    admin = Asker(world.person(Role.BRAND_ADMIN, acme).token)
    department(admin)
    with brand_tx(acme):
        for who in ("ann", "ben", "cem"):
            went("checkout", 1, customer=who)
        went("checkout", -10_000, customer="dan")
        assert not StageMark.objects.exists()

    version = publish(admin, journey(admin), [stage("PURCHASE", at("checkout")), stage("SUPPORT", at("returns"))])
    run_due(acme)
    with brand_tx(acme):
        assert (Job.objects.get(kind=anew.JOB_KIND).state, StageMark.objects.count()) == (JobState.DONE, 3)
    settle(acme)
    with brand_tx(acme):
        assert set(standing().values()) == {"purchase"}
        assert ways()["ann"] == [("purchase", 1, None)]

    admin.data(RETIRE, {"input": {"id": version}})
    settle(acme)
    with brand_tx(acme):
        ended = JourneyVersion.objects.get().effective_until
        assert {way[0][2] is not None for way in ways().values()} == {True}
        assert ended is not None


def test_workers_at_once_make_what_one_makes(committed: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        published()

    def come(number: int) -> None:
        try:
            with brand_tx(acme):
                load(
                    TOUCHPOINT_EVENTS,
                    *(event(f"e{number}{who}", ("ad", "shop", "faq")[number % 3], number, who) for who in "abc"),
                )
            while stage_marked(acme):
                pass
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(come, range(6)))

    settle(acme)
    with brand_tx(acme):
        assert not StageMark.objects.exists()
        steps = [("look", 0, 1), ("buy", 1, 2), ("help", 2, 3), ("look", 3, 4), ("buy", 4, 5), ("help", 5, None)]
        assert ways() == dict.fromkeys("abc", steps)
