"""responseReceived and followUpDue: told when answers come, and when the clock makes a follow-up due."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from apps.accounts.permissions import Role
from apps.surveys.imports import SURVEY_RESPONSES
from apps.surveys.models import FollowUp
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.live.conftest import person
from tests.live.speaking import hear, open_socket, sign_in, subscribe
from tests.surveys.loaded import load

RECEIVED = "subscription { responseReceived { externalId score } }"
DUE = "subscription { followUpDue { surveyResponse { externalId } } }"


def answer(brand: BrandRef, key: str, score: int) -> None:
    row = {"external_id": key, "survey": "s", "kind": "NPS", "score": score, "answered_at": timezone.now()}
    with brand_tx(brand):
        load(SURVEY_RESPONSES, row)


def told(message: dict[str, Any]) -> list[dict[str, Any]]:
    assert message["type"] == "next", message
    (shown,) = message["payload"]["data"].values()
    return shown


def test_answers_are_told_as_they_come_and_only_to_their_brand(
    live_url: str, committed: None, acme: BrandRef, globex: BrandRef
) -> None:
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, Role.BRAND_ADMIN).token)
        subscribe(socket, RECEIVED)
        assert told(hear(socket)) == []
        answer(globex, "theirs", 1)
        answer(acme, "a", 9)
        assert told(hear(socket)) == [{"externalId": "a", "score": 9}]
        answer(acme, "a", 8)
        assert told(hear(socket)) == [{"externalId": "a", "score": 8}]


def test_a_follow_up_is_told_of_when_it_is_due_and_when_it_is_done(
    live_url: str, committed: None, acme: BrandRef
) -> None:
    answer(acme, "a", 1)
    with brand_tx(acme):
        FollowUp.objects.update(due_at=timezone.now() + timedelta(seconds=1))
    with open_socket(live_url) as socket:
        sign_in(socket, person(acme, Role.BRAND_ADMIN).token)
        subscribe(socket, DUE)
        seen = told(hear(socket))
        # Where signing in took longer than a second it is due at once.
        assert (seen or told(hear(socket))) == [{"surveyResponse": {"externalId": "a"}}]
        answer(acme, "a", 10)
        assert told(hear(socket)) == []
