"""Whatever the filter and whatever the rows: what comes is what plain Python lets through, each row once."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.customers.models import Customer
from apps.interactions.models import Interaction, Queue, Reason
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker
from tests.graphql.filters import drawn

ASK = """query($where: InteractionWhere, $first: Int, $after: String, $last: Int, $before: String) {
  interactions(where: $where, first: $first, after: $after, last: $last, before: $before) {
    totalCount nodes { externalId } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=drawn.rows, where=drawn.wheres, size=st.integers(1, 4))
def test_the_pages_of_a_filter_hold_what_matches_once(
    admin: Asker, acme: BrandRef, rows: list[drawn.Row], where: drawn.Where, size: int
) -> None:
    _store(acme, rows)
    matching = [number for number, row in enumerate(rows) if drawn.holds(where, row)]
    newest_first = sorted(matching, key=lambda number: (rows[number]["openedAt"], number), reverse=True)

    for forward in (True, False):
        assert _walked(admin, where, size, forward, len(matching)) == [f"{number:02}" for number in newest_first]


def _walked(admin: Asker, where: drawn.Where, size: int, forward: bool, total: int) -> list[str]:
    walked: list[str] = []
    edge: dict[str, Any] = {}
    while True:
        page = admin.data(ASK, {"where": where, "first" if forward else "last": size, **edge})["interactions"]
        found = [node["externalId"] for node in page["nodes"]]
        walked = [*walked, *found] if forward else [*found, *walked]
        assert page["totalCount"] == total
        if not page["pageInfo"]["hasNextPage" if forward else "hasPreviousPage"]:
            return walked
        edge = {"after": page["pageInfo"]["endCursor"]} if forward else {"before": page["pageInfo"]["startCursor"]}


def _store(brand: BrandRef, rows: list[drawn.Row]) -> None:
    """Store the rows in place of all there are; the number of a row is its external id and the order of its key."""
    with brand_tx(brand):
        for model in (Interaction, Customer):
            model.objects.all().delete()
        queues = {key: Queue.objects.get_or_create(key=key)[0] for key in drawn.QUEUES}
        reasons: dict[str, Reason] = {}
        for path in drawn.PATHS:
            up, _, name = path.rpartition("/")
            made = Reason.objects.get_or_create(path=path, defaults={"name": name, "parent": reasons.get(up)})
            reasons[path] = made[0]
        for number, row in enumerate(rows):
            known = {"external_id": f"{number:02}"}
            owner = Customer.objects.create(**known, **row["customer"]) if row["customer"] is not None else None
            Interaction.objects.create(
                **known,
                customer=owner,
                channel=row["channel"],
                opened_at=row["openedAt"],
                queue=queues.get(row["queue"]),
                reason=reasons.get(row["reason"]),
                wait_seconds=row["waitSeconds"],
                answered=row["answered"],
                subject=row["subject"],
            )
