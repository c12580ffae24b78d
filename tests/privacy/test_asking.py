"""Who may have somebody erased, when it begins, and that it goes on after whatever stopped it."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.interactions.models import Message
from cxplatform.audit.actors import OPERATOR
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.imports.models import ImportJob
from cxplatform.imports.submissions import submit_import
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.privacy import erasing, steps
from cxplatform.privacy.erasures import begin_erasure
from cxplatform.privacy.models import Erasure
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, codes

pytestmark = pytest.mark.django_db
ERASE = "mutation ($id: ID!) { eraseCustomer(input: {id: $id}) { erasure { id state } userErrors { code } } }"


def store(brand: BrandRef, messages: int = 0) -> Any:
    with brand_tx(brand):
        customer = Customer.objects.create(external_id="c", name="Ada")
        contact = customer.interactions.create(external_id="i", channel="CHAT", opened_at=timezone.now())
        for number in range(messages):
            Message.objects.create(
                external_id=f"m{number}", interaction_external_id=contact.external_id, at=contact.opened_at,
                author="CUSTOMER", text="me",
            )  # fmt: skip
    return customer.pk


def begin(brand: BrandRef, customer: Any) -> Erasure:
    with brand_tx(brand):
        return begin_erasure(actor=OPERATOR, action="erase_customer", subject_id=customer, now=timezone.now())


def state(brand: BrandRef) -> str:
    with brand_tx(brand):
        return Erasure.objects.get().state


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_who_may_not_manage_the_brand_erases_nobody(asker: MakeAsker, acme: BrandRef, role: Role) -> None:
    customer = store(acme)

    answer = asker(role).ask(ERASE, {"id": global_id("Customer", customer)})

    assert codes(answer) == ["FORBIDDEN"]
    with brand_tx(acme):
        assert (Erasure.objects.count(), Job.objects.count()) == (0, 0)


def test_another_brands_customer_is_not_found(asker: MakeAsker, acme: BrandRef, globex: BrandRef) -> None:
    theirs, admin = store(globex), asker(Role.BRAND_ADMIN)

    foreign = admin.ask(ERASE, {"id": global_id("Customer", theirs)})
    unknown = admin.ask(ERASE, {"id": global_id("Customer", uuid7())})

    assert codes(foreign) == codes(unknown) == ["NOT_FOUND"]
    for brand in (acme, globex):
        with brand_tx(brand):
            assert (Erasure.objects.count(), Job.objects.count()) == (0, 0)


def test_asking_twice_is_asking_once_until_it_is_done(acme: BrandRef) -> None:
    customer = store(acme)

    assert begin(acme, customer) == begin(acme, customer)

    run_due(acme)
    begin(acme, customer)
    run_due(acme)
    with brand_tx(acme):
        assert list(Erasure.objects.order_by("requested_at").values_list("state", "rows")) == [("DONE", 2), ("DONE", 0)]


def test_a_file_that_came_before_is_loaded_first(acme: BrandRef) -> None:
    customer = store(acme)
    body = b"external_id,name\nc,Ada King\n"
    submit_import(
        actor=OPERATOR, brand=acme, kind_name="customers", file_format="csv", pieces=[body], now=timezone.now()
    )
    with brand_tx(acme):
        later = timezone.now() + timedelta(minutes=1)
        Job.objects.filter(kind="import").update(run_after=later)
    begin(acme, customer)

    run_due(acme)
    assert state(acme) == "QUEUED"
    with brand_tx(acme):
        assert Customer.objects.get().name == "Ada"
        Job.objects.filter(state="QUEUED", kind="import").update(run_after=timezone.now())
    run_due(acme)
    with brand_tx(acme):
        Job.objects.filter(state="QUEUED").update(run_after=timezone.now())
    run_due(acme)

    assert state(acme) == "DONE"
    with brand_tx(acme):
        assert (Customer.objects.get().name, ImportJob.objects.get().updated) == (None, 1)


def test_a_step_that_fails_leaves_what_the_steps_before_did(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    customer = store(acme, messages=5)
    begin(acme, customer)
    calls = iter(range(100))

    def failing(*args: Any, **options: Any) -> int:
        if next(calls) == 3:
            raise RuntimeError("as if the machine went away")
        return erasing.erase_some(*args, most=2, **options)

    monkeypatch.setattr(steps, "erase_some", failing)
    run_due(acme)

    with brand_tx(acme):
        assert Message.objects.filter(text="me").count() == 3
        assert state(acme) == "RUNNING"
        Job.objects.filter(state="QUEUED").update(run_after=timezone.now())
    run_due(acme)

    with brand_tx(acme):
        assert (state(acme), Erasure.objects.get().rows) == ("DONE", 7)
        assert Message.objects.filter(text__isnull=False).count() == 0


def test_an_erasure_that_gives_up_says_so_and_the_next_goes_on(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    customer = store(acme)
    first = begin(acme, customer)

    def failing(*args: Any, **options: Any) -> int:
        raise RuntimeError("no")

    with monkeypatch.context() as patched:
        patched.setattr(steps, "erase_some", failing)
        for _ in range(5):
            with brand_tx(acme):
                Job.objects.filter(state="QUEUED").update(run_after=timezone.now())
            run_due(acme)
    assert state(acme) == "FAILED"

    begin(acme, customer)
    run_due(acme)

    with brand_tx(acme):
        assert set(Erasure.objects.exclude(pk=first.pk).values_list("state", flat=True)) == {"DONE"}
        assert Customer.objects.get().name is None
