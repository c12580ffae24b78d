"""docs/tour.md does what it says: every query on it, asked of the demo brand as of that day, answers as printed."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import Brand
from apps.surveys.campaigns.dry_run import dry_run
from apps.surveys.models import Campaign, Invitation, InvitationState, SurveyResponse
from apps.surveys.sending.stored import survey_sending
from config.demo.making import make_demo
from config.demo.story.plans import ACME
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests import cluster
from tests.demo.made import brand
from tests.demo.small import forget_demo
from tests.demo.touring import Stop, rewrite, rounded, stops

# The day the page speaks of.
NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
STOPS = stops()
# Answers were asked for some hours after what they are about, which is what campaigns go by.
_DRAWN = timedelta(hours=5)


@pytest.fixture(scope="module")
def token(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Make the brand, whose draws hang on its name, in the place of the tests' own; the key of its administrator."""
    path = tmp_path_factory.mktemp("tour") / "demo.json"
    with django_db_blocker.unblock():
        _name_own("resting")
        make_demo([ACME], path, port=8000, live_port=8001, now=NOW, say=lambda line: None)
        yield json.loads(path.read_text())["brands"][0]["admin"]
        forget_demo("acme")
        cluster.empty_tables()
        _name_own(cluster.ACME.slug)


@pytest.fixture(scope="module")
def answers(token: str) -> dict[str, Any]:
    """Ask everything once."""
    return {stop.name: _asked(stop, token) for stop in STOPS}


def test_the_page_has_twelve_queries() -> None:
    assert len({stop.name for stop in STOPS}) == len(STOPS) == 12


@pytest.mark.parametrize("stop", [pytest.param(stop, id=stop.name) for stop in STOPS])
def test_the_query_answers_as_printed(answers: dict[str, Any], stop: Stop) -> None:
    if os.environ.get("CX_WRITE_TOUR"):
        rewrite(answers)
    else:
        assert rounded(answers[stop.name]) == stop.answer


def test_campaigns_left_invitations_in_every_state(token: str) -> None:
    with brand_tx(brand("acme"), read_only=True):
        asked = Invitation.objects.filter(campaign__key="after-contact")
        left = Counter(asked.values_list("state", flat=True))
        whys = set(asked.filter(state="SUPPRESSED").values_list("why", flat=True))
        answered = list(asked.filter(state="ANSWERED").prefetch_related("answers"))
        answers = {
            (row.customer_id, row.answered_at, row.score) for row in SurveyResponse.objects.filter(survey__kind="CSAT")
        }

    # What is due from now on is planned by the worker.
    assert set(left) | {"PLANNED"} == set(InvitationState.values)
    assert whys == {"COOLDOWN"}
    given = [(row.customer_id, row.answered_at, row.answers.all()[0].score) for row in answered]
    assert len(given) == len(set(given)) == left["ANSWERED"]
    assert set(given) <= answers


def test_whom_a_campaign_asked_was_asked_by_none_within_its_cooldown(token: str) -> None:
    with brand_tx(brand("acme"), read_only=True):
        rows = Invitation.objects.filter(sent_at__isnull=False, customer__isnull=False)
        told = list(rows.order_by("customer_id", "sent_at").values_list("customer_id", "sent_at", "campaign_id"))

    early = [
        later for before, later in pairwise(told)
        if later[2] and before[0] == later[0] and later[1] - before[1] < timedelta(days=14) - _DRAWN
    ]  # fmt: skip
    assert any(campaign for _, _, campaign in told)
    assert early == []


def test_a_dry_run_says_whom_the_campaign_that_never_ran_would_ask(token: str) -> None:
    with brand_tx(brand("acme"), read_only=True):
        campaign = Campaign.objects.select_related("stage__version").get(key="after-delivery")
        counts = dry_run(campaign, NOW).counts

    assert campaign.state == "DRAFT"
    assert counts["ASKED"] > 20
    assert counts["COOLDOWN"] > 5
    assert counts["NOT_DUE"] > 50


def test_no_message_leaves_the_demo(token: str) -> None:
    with brand_tx(brand("acme"), read_only=True):
        assert survey_sending() is None
        assert not Invitation.objects.filter(token_hash__isnull=False).exists()


def _name_own(slug: str) -> None:
    with shared_tx():
        Brand.objects.filter(pk=cluster.ACME.id).update(slug=slug)


def _asked(stop: Stop, token: str) -> Any:
    with time_machine.travel(NOW, tick=False):
        response = Client().post(
            "/graphql",
            json.dumps({"query": stop.query}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {token}"},
        )
    body = json.loads(response.content)
    assert "errors" not in body, body
    return body["data"]
