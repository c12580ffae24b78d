"""Two who decide about the same cases at once, and the joining beside them: one order or the other, nothing lost."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from django.db import connections

from apps.interactions import commands
from apps.interactions.case_marks import mark_customers
from apps.interactions.joining import join_marked
from cxplatform.errors import Conflict
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.cases.stored import NOW, case_of, contact, effort, join_all, members
from tests.interactions.working.rows import viewer


def test_cases_merged_into_each_other_at_once_are_merged_one_way(committed: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        made = [contact(f"{number}", number * 20) for number in range(6)]
        join_all()
        cases, before = [case_of(each) for each in made], effort()

    def merge(pair: tuple[UUID, UUID]) -> bool:
        try:
            with brand_tx(acme):
                commands.merge_cases(actor=viewer(), case_ids=[pair[0]], into_id=pair[1], now=NOW)
        except Conflict:
            return False
        finally:
            connections.close_all()
        return True

    def join(_: Any) -> bool:
        with brand_tx(acme):
            mark_customers([made[0].customer_id])
        join_marked(acme, now=NOW)
        connections.close_all()
        return False

    with ThreadPoolExecutor(8) as pool:
        joined = [pool.submit(join, None) for _ in range(3)]
        # Three rings of two: of each one way is won.
        both = [(cases[one], cases[other]) for one, other in ((0, 1), (1, 0), (2, 3), (3, 2), (4, 5), (5, 4))]
        won = list(pool.map(merge, both))
        for each in joined:
            each.result()

    assert [won[place] + won[place + 1] for place in (0, 2, 4)] == [1, 1, 1]
    with brand_tx(acme):
        assert (members(), effort()) == ([["0", "1"], ["2", "3"], ["4", "5"]], before)
