"""Somebody who was erased is nowhere: not in a table, a file, the cache or the log; and every number stays."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.customers.models import Customer, Order
from apps.interactions.models import Interaction, InteractionEvent, MediaReference, Message
from apps.interactions.refolding import refold
from apps.metrics.recompute import rebuild, recompute_all
from apps.surveys.models import SurveyResponse
from cxplatform.audit.reading import links_of
from cxplatform.audit.verification import Walk
from cxplatform.graphql.global_ids import global_id
from cxplatform.graphql.schema import served_schema
from cxplatform.jobs.runner import run_due
from cxplatform.privacy.models import Erasure
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker
from tests.metrics.test_recompute import stored
from tests.privacy.planted import CONTACT, KEY, MARKERS, OLD_NAME, found, mutate, plant

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, tzinfo=UTC)
ERASE = """mutation ($id: ID!) {
  eraseCustomer(input: {id: $id}) { erasure { id state rows customer { id name } } userErrors { code } } }"""


@pytest.fixture
def admin(asker: MakeAsker) -> Asker:
    return asker(Role.BRAND_ADMIN)


def customer_of(brand: BrandRef, key: str = KEY) -> Any:
    with brand_tx(brand):
        return Customer.objects.get(external_id=key).pk


def erase(admin: Asker, brand: BrandRef, customer: Any) -> Erasure:
    begun = admin.data(ERASE, {"id": global_id("Customer", customer)})["eraseCustomer"]
    assert begun["userErrors"] == []
    run_due(brand)
    with brand_tx(brand):
        return Erasure.objects.get(subject_id=customer)


METRICS = """query ($keys: [MetricKey!]!, $window: WindowInput!) {
  metrics(keys: $keys, window: $window) { key value money { amount } numerator denominator sampleSize } }"""


def told(admin: Asker) -> Any:
    """Ask for every metric over the year."""
    keys = served_schema().core.type_map["MetricKey"].values
    window = {"from": "2026-01-01T00:00:00-05:00", "to": "2026-12-01T00:00:00-05:00"}
    asked = [sorted(keys)[first : first + 10] for first in range(0, len(keys), 10)]
    return [admin.data(METRICS, {"keys": some, "window": window})["metrics"] for some in asked]


def numbers(brand: BrandRef) -> Any:
    """Make anew all that is derived: what contacts took, then all rollups."""
    with brand_tx(brand):
        refold(list(Interaction.objects.values_list("source", "external_id")), now=NOW)
    rebuild(brand)
    recompute_all(brand, now=NOW)
    return stored(brand)


def test_of_all_markers_none_is_left_and_every_number_is(
    admin: Asker, acme: BrandRef, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    plant(admin, acme)
    before, planted = numbers(acme), found(acme, [])
    answers = told(admin)

    erasure = erase(admin, acme, customer_of(acme))

    # The name that was changed is nowhere even before, for the trail does not keep it.
    assert set(MARKERS) - set(planted) == {OLD_NAME}
    assert (erasure.state, erasure.finished_at is not None) == ("DONE", True)
    assert found(acme, caplog.records) == {}
    assert numbers(acme) == before
    assert told(admin) == answers
    assert sum(metric["value"] is not None for some in answers for metric in some) >= 8


def test_what_is_left_is_tied_together_as_before(admin: Asker, acme: BrandRef) -> None:
    plant(admin, acme)

    erase(admin, acme, customer_of(acme))

    with brand_tx(acme):
        customer = Customer.objects.get(merged_into=None)
        first, second = Interaction.objects.order_by("external_id")
        assert customer.external_id.startswith("erased-")
        assert (customer.name, customer.email, customer.phone, customer.attributes) == (None, None, None, None)
        assert (customer.segment, customer.country) == ("gold", "US")
        assert {first.customer_id, second.customer_id} == {customer.pk}
        # In the order of the keys that they had, for contacts of one instant are told apart by it.
        assert (first.talk_seconds, second.talk_seconds) == (60, 61)
        assert (first.subject, first.text, first.case_id == second.case_id) == (None, None, True)
        message = Message.objects.get()
        assert (message.interaction_external_id, message.text, message.author) == (first.external_id, None, "CUSTOMER")
        naming = (*InteractionEvent.objects.all(), *SurveyResponse.objects.all())
        named = {row.interaction_external_id for row in naming}
        assert named == {first.external_id}
        assert sorted(SurveyResponse.objects.values_list("score", flat=True)) == [2, 9]
        assert MediaReference.objects.count() == 0
        assert (Order.objects.get().customer_id, Order.objects.get().amount) == (customer.pk, 5)


def test_another_customer_keeps_everything(admin: Asker, acme: BrandRef, globex: BrandRef, asker: MakeAsker) -> None:
    theirs = asker(Role.BRAND_ADMIN, brand=globex)
    plant(theirs, globex)
    plant(admin, acme)
    mutate(admin, "recordCustomer", {"externalId": "other", "name": "Bo", "attributes": {"a": 1}})
    mutate(admin, "recordInteraction", {
        "externalId": "theirs", "customer": "other", "channel": "PHONE", "openedAt": "2026-03-02T10:00:00Z",
        "text": "hello",
    })  # fmt: skip
    before = found(globex, [])

    erase(admin, acme, customer_of(acme))

    with brand_tx(acme):
        other = Customer.objects.get(external_id="other")
        assert (other.name, other.attributes) == ("Bo", {"a": 1})
        assert Interaction.objects.get(external_id="theirs").text == "hello"
    assert {m: p - {"files"} for m, p in found(globex, []).items()} == {m: p - {"files"} for m, p in before.items()}


def test_what_comes_later_under_the_same_key_is_about_somebody_new(admin: Asker, acme: BrandRef) -> None:
    plant(admin, acme)
    erased = customer_of(acme)
    erase(admin, acme, erased)

    mutate(admin, "recordCustomer", {"externalId": KEY, "name": "Ada"})

    assert customer_of(acme) != erased
    with brand_tx(acme):
        assert Interaction.objects.filter(customer__external_id=KEY).count() == 0


def test_nothing_is_told_of_an_erased_key(admin: Asker, acme: BrandRef) -> None:
    plant(admin, acme)
    erased = customer_of(acme)
    erase(admin, acme, erased)
    with brand_tx(acme):
        key = Customer.objects.get(pk=erased).external_id

    document = "mutation ($input: RecordCustomerInput!) { recordCustomer(input: $input) { userErrors { code field } } }"
    answer = admin.data(document, {"input": {"externalId": key, "name": "Ada"}})

    assert answer["recordCustomer"]["userErrors"] == [{"code": "CONFLICT", "field": "externalId"}]
    with brand_tx(acme):
        assert Customer.objects.get(pk=erased).name is None


def test_the_trail_tells_of_the_erasure_and_its_chain_holds(admin: Asker, acme: BrandRef) -> None:
    plant(admin, acme)
    customer = customer_of(acme)
    erase(admin, acme, customer)
    walk = Walk(acme.schema)

    links = list(links_of(acme))

    assert list(walk.findings(links)) == []
    told = [(link.action, link.actor_role, link.object_id) for link in links[-2:]]
    assert told == [
        ("erase_customer", "BRAND_ADMIN", str(customer)), ("finish_erasure", "SYSTEM", str(customer)),
    ]  # fmt: skip
    assert CONTACT not in repr(links)
