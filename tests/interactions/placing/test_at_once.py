"""A contact and the answer about it arrive at the same time: whoever is second sees the other."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connections

from apps.interactions.imports import INTERACTIONS
from apps.surveys.imports import SURVEY_RESPONSES
from apps.surveys.models import SurveyResponse
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.journeys.stages.stored import day, load

PAIRS = 8


def test_a_contact_and_its_answer_that_arrive_at_once_end_in_one_place(committed: None, acme: BrandRef) -> None:
    together = Barrier(2)

    def arrive(kind: Any) -> None:
        try:
            for number in range(PAIRS):
                contact = {"external_id": f"{number}", "channel": "CHAT", "opened_at": day(1), "touchpoint": "app"}
                answer = {"external_id": f"{number}", "survey": "s", "kind": "CSAT", "score": 4,
                          "answered_at": day(2), "interaction": f"{number}"}  # fmt: skip
                together.wait()
                with brand_tx(acme):
                    load(kind, contact if kind is INTERACTIONS else answer)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(arrive, (INTERACTIONS, SURVEY_RESPONSES)))

    with brand_tx(acme):
        assert list(SurveyResponse.objects.values_list("placed__key", flat=True)) == ["app"] * PAIRS
