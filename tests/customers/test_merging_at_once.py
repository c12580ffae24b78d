"""Two who merge the same customers at once, and imports beside them: one order or the other, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connections

from apps.customers import commands
from apps.customers.models import Customer, Order
from cxplatform.errors import Conflict
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.people import customer, told
from tests.interactions.cases.stored import NOW
from tests.interactions.working.rows import viewer

PAIRS = [("a", "b"), ("b", "a"), ("c", "d"), ("d", "c"), ("e", "f"), ("f", "e")]


def test_customers_merged_into_each_other_at_once_are_merged_one_way(committed: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        told("customers", *({"external_id": name} for name in "abcdef"))
        ids = {name: customer(name) for name in "abcdef"}

    def merge(pair: tuple[str, str]) -> bool:
        try:
            with brand_tx(acme):
                commands.merge_customers(actor=viewer(), survivor_id=ids[pair[0]], merged_id=ids[pair[1]], now=NOW)
        except Conflict:
            return False
        finally:
            connections.close_all()
        return True

    def order(number: int) -> Any:
        with brand_tx(acme):
            told("orders", *({"external_id": f"{number} {name}", "customer": name, "amount": "1", "currency": "USD",
                              "ordered_at": NOW} for name in "abcdef"))  # fmt: skip
        connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        orders = [pool.submit(order, number) for number in range(6)]
        won = list(pool.map(merge, PAIRS))
        for each in orders:
            each.result()

    assert [won[place] + won[place + 1] for place in (0, 2, 4)] == [1, 1, 1]
    with brand_tx(acme):
        assert Customer.objects.filter(merged_into=None).count() == 3
        assert Order.objects.count() == 36
        assert not Order.objects.filter(customer__merged_into__isnull=False).exists()
