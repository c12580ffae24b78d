"""Imports, merges and splits in any order give what the plain model gives."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apps.customers import commands
from apps.customers.models import Customer, IdentityRow, Order, Referral
from cxplatform.errors import BadInput, Conflict
from cxplatform.imports.kinds import kind_named
from cxplatform.imports.upserts import upsert
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.plain_people import Key, People
from tests.interactions.cases.stored import NOW
from tests.interactions.working.rows import viewer
from tests.metrics.drawn import scratch

KEYS = [("crm", "1"), ("crm", "2"), ("shop", "1"), ("shop", "2"), ("shop", "3")]
key = st.sampled_from(KEYS)
STEPS = st.one_of(
    st.tuples(st.just("order"), st.integers(1, 4), key),
    st.tuples(st.just("refer"), st.integers(1, 2), key, key),
    st.tuples(st.just("merge"), key, key),
    st.tuples(st.just("merge"), key, key),
    st.tuples(st.just("split"), key),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(STEPS, min_size=3, max_size=18))
def test_any_sequence_of_imports_merges_and_splits_is_as_the_plain_model_says(
    db: None, acme: BrandRef, steps: list[tuple[Any, ...]]
) -> None:
    with brand_tx(acme), scratch():
        people = People()
        for each in KEYS:
            people.know(each)
            Customer.objects.create(source=each[0], external_id=each[1])
        for step in steps:
            _DOING[step[0]](people, *step[1:])
            assert stored_orders() == people.order_owners()
            assert stored_referrals() == people.referral_ends()
        for each in KEYS:
            _split(people, each)
        assert stored_orders() == people.orders
        assert stored_referrals() == people.referrals
        assert not IdentityRow.objects.exists()


def _order(people: People, number: int, customer: Key) -> None:
    row = {"source": customer[0], "external_id": str(number), "customer": customer[1], "amount": 5, "ordered_at": NOW}
    upsert(kind_named("orders"), [row], now=NOW)
    people.order((customer[0], str(number)), customer)


def _refer(people: People, number: int, referrer: Key, customer: Key) -> None:
    """Both of one source: a row names customers within its own."""
    customer = (referrer[0], customer[1])
    if customer == referrer or customer not in people.owners:
        return
    row = {"source": referrer[0], "external_id": str(number), "referrer": referrer[1], "customer": customer[1],
           "referred_at": NOW}  # fmt: skip
    (outcome,) = upsert(kind_named("referrals"), [row], now=NOW)
    assert (outcome.id is not None) == people.refer((referrer[0], str(number)), referrer, customer)


def _merge(people: People, survivor: Key, merged: Key) -> None:
    assert _done(people.merge(survivor, merged), commands.merge_customers, survivor_id=survivor, merged_id=merged)


def _split(people: People, identity: Key) -> None:
    assert _done(people.split(identity), commands.split_customer, identity_id=identity)


def _done(expected: bool, command: Any, **keys: Key) -> bool:
    ids = {name: Customer.objects.get(source=each[0], external_id=each[1]).pk for name, each in keys.items()}
    try:
        command(actor=viewer(), now=NOW, **ids)
    except (BadInput, Conflict):
        return not expected
    return expected


def stored_orders() -> dict[Key, Key]:
    rows = Order.objects.values_list("source", "external_id", "customer__source", "customer__external_id")
    return {(source, row): (owner, name) for source, row, owner, name in rows}


def stored_referrals() -> dict[Key, tuple[Key, Key]]:
    rows = Referral.objects.select_related("referrer", "customer")
    return {
        (row.source, row.external_id): (
            (row.referrer.source, row.referrer.external_id), (row.customer.source, row.customer.external_id),
        )
        for row in rows
    }  # fmt: skip


_DOING = {"order": _order, "refer": _refer, "merge": _merge, "split": _split}
