"""Two people at one journey at the same time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from apps.accounts.permissions import Role
from apps.journeys.models import TouchpointSpan
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.isolation.api import world
from tests.journeys.mapped import BUYING, PUBLISH, department, draft, journey


def test_of_two_who_publish_a_draft_at_once_one_wins(committed: None, acme: BrandRef) -> None:
    admin = Asker(world.person(Role.BRAND_ADMIN, acme).token)
    department(admin)
    begun = draft(admin, journey(admin), BUYING)
    together = Barrier(2)

    def publish(number: int) -> list[str]:
        try:
            together.wait()
            answer = admin.data(PUBLISH, {"input": {"id": begun}})["publishJourneyVersion"]
            return [error["code"] for error in answer["userErrors"]]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        refused = sorted(pool.map(publish, range(2)))

    assert refused == [[], ["CONFLICT"]]
    with brand_tx(acme):
        assert TouchpointSpan.objects.count() == 2
