"""What a message wakes a worker for is done in the brand that the message names, and in no other."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.surveys.campaigns.tasks import look_again, look_for_occasions
from apps.surveys.models import Campaign, Invitation, PageEntry, SurveyResponse
from apps.surveys.taking_in.waking import take_in, take_in_what_waits
from config.celery import app
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.tasks import HEADER, BrandMissing
from tests.surveys.campaigns.asked import campaign, person, resolved
from tests.surveys.page.made import invitation_of, invite

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def at_once() -> Iterator[None]:
    """Have whoever sends a message be its worker too."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


def occasions(*brands: BrandRef) -> None:
    for brand in brands:
        with brand_tx(brand):
            now = timezone.now()
            campaign(running_since=now - timedelta(days=1))
            resolved("one", person("ann"), now - timedelta(hours=1))


def told(brand: BrandRef) -> None:
    token = invite(brand)
    with brand_tx(brand):
        PageEntry.objects.create(
            invitation=invitation_of(token), word="ANSWER", question="score", value=3, at=timezone.now()
        )


def count(brand: BrandRef, model: Any) -> int:
    with brand_tx(brand):
        return int(model.objects.count())


def test_a_look_plans_in_the_brand_of_its_message(acme: BrandRef, globex: BrandRef) -> None:
    occasions(acme, globex)

    look_for_occasions.apply(headers={HEADER: str(acme.id)}, throw=True)

    assert (count(acme, Invitation), count(globex, Invitation)) == (1, 0)
    with brand_tx(acme):
        assert Campaign.objects.get().looked_until is not None
    with pytest.raises(BrandMissing):
        look_for_occasions.apply(throw=True)
    assert count(globex, Invitation) == 0


def test_taking_in_is_of_the_brand_of_its_message(acme: BrandRef, globex: BrandRef) -> None:
    told(acme)
    told(globex)

    take_in.apply(headers={HEADER: str(globex.id)}, throw=True)

    assert (count(acme, SurveyResponse), count(acme, PageEntry)) == (0, 1)
    assert (count(globex, SurveyResponse), count(globex, PageEntry)) == (1, 0)
    with pytest.raises(BrandMissing):
        take_in.apply(throw=True)


@pytest.mark.usefixtures("at_once")
def test_the_sweep_wakes_workers_for_what_no_message_spoke_of(acme: BrandRef, globex: BrandRef) -> None:
    occasions(acme)
    told(globex)

    for brand in (acme, globex):
        look_again(brand)
        take_in_what_waits(brand)

    assert (count(acme, Invitation), count(acme, SurveyResponse)) == (1, 0)
    assert (count(globex, PageEntry), count(globex, SurveyResponse)) == (0, 1)
