"""A brand is made whole or not at all; half-made, failed and suspended ones are out of reach."""

import pytest
from django.db import connections
from django.utils import timezone

from apps.accounts.authentication import authenticate
from apps.accounts.commands import (
    BrandDetails,
    add_member,
    issue_key,
    request_brand,
    resume_brand,
    retry_brand,
    suspend_brand,
)
from apps.accounts.models import Brand, Grant
from apps.accounts.permissions import Role
from apps.accounts.provisioning import JOB_KIND, provision
from apps.accounts.viewer import Viewer
from apps.customers.models import Customer
from cxplatform.errors import Conflict, Forbidden, NotFound
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy import fleet, owner, roles
from cxplatform.tenancy.brand import SHARED_SCHEMA
from cxplatform.tenancy.doors import brand_tx, shared_tx

DETAILS = BrandDetails(slug="initech", name="Initech", time_zone="Asia/Kolkata", currency="INR")


@pytest.fixture
def requested(committed):
    with shared_tx():
        brand = request_brand(details=DETAILS, now=timezone.now())
    yield brand
    with owner.owner_tx(SHARED_SCHEMA) as cursor:
        roles.drop_schema(cursor, brand.schema_name)


def admin_of(brand: Brand) -> Viewer:
    with shared_tx():
        member = add_member(
            email="admin@provider.example", name="Admin", role=Role.PROVIDER_ADMIN, brand=None, now=timezone.now(),
            grants=(brand,),
        )  # fmt: skip
        _, token = issue_key(member=member, name="test", now=timezone.now())
    return authenticate(f"Bearer {token}")[0]


def token_of_its_own_admin(brand: Brand) -> str:
    with shared_tx():
        member = add_member(
            email="boss@initech.example", name="Boss", role=Role.BRAND_ADMIN, brand=brand, now=timezone.now()
        )
        return issue_key(member=member, name="test", now=timezone.now())[1]


def exists_in_database(brand: Brand) -> tuple[bool, bool]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT to_regnamespace(%s) IS NOT NULL, EXISTS (SELECT 1 FROM pg_roles WHERE rolname = %s)",
            [brand.schema_name, brand.schema_name],
        )
        return cursor.fetchone()


def reread(brand: Brand) -> Brand:
    with shared_tx():
        return Brand.objects.get(pk=brand.pk)


def test_a_requested_brand_has_a_job_and_nothing_else(requested):
    with shared_tx():
        jobs = list(Job.objects.filter(kind=JOB_KIND).values_list("args", "state"))

    assert jobs == [({"brand_id": str(requested.id)}, "QUEUED")]
    assert reread(requested).status == "REQUESTED"
    assert exists_in_database(requested) == (False, False)


def test_a_requested_brand_is_not_found_even_by_its_own_people(requested):
    token = token_of_its_own_admin(requested)

    with pytest.raises(NotFound):
        authenticate(f"Bearer {token}")


def test_the_job_makes_it_whole_and_active(requested):
    provision(requested.id)

    brand = reread(requested)
    assert (brand.status, brand.failure) == ("ACTIVE", "")
    assert brand.activated_at is not None
    with brand_tx(brand.ref()):
        Customer.objects.create(external_id="c-1")
        assert Customer.objects.count() == 1


def test_the_worker_takes_the_job_from_the_queue(requested):
    assert run_due(None) is False

    with shared_tx():
        assert [job.state for job in Job.objects.filter(kind=JOB_KIND)] == ["DONE"]
    assert reread(requested).status == "ACTIVE"


def test_making_it_twice_changes_nothing(requested):
    provision(requested.id)
    activated_at = reread(requested).activated_at

    provision(requested.id)

    assert reread(requested).activated_at == activated_at


def test_a_failure_leaves_nothing_and_says_why_and_can_be_retried(requested, monkeypatch):
    # The last step of the making fails as PostgreSQL would: a statement that names no table.
    monkeypatch.setattr("apps.accounts.provisioning._ACTIVATE", "UPDATE no_such_table SET x = %s WHERE id = %s")
    provision(requested.id)

    failed = reread(requested)
    assert failed.status == "FAILED"
    assert 'relation "no_such_table" does not exist' in failed.failure
    assert exists_in_database(requested) == (False, False)

    monkeypatch.undo()
    actor = admin_of(failed)
    with shared_tx():
        retried = retry_brand(actor=actor, brand_id=failed.id, now=timezone.now())
    assert (retried.status, retried.failure) == ("REQUESTED", "")
    provision(requested.id)
    assert reread(requested).status == "ACTIVE"


def test_an_active_brand_cannot_be_retried(requested):
    provision(requested.id)
    actor = admin_of(requested)

    with pytest.raises(Conflict), shared_tx():
        retry_brand(actor=actor, brand_id=requested.id, now=timezone.now())


def test_a_suspended_brand_is_closed_to_its_people_and_keeps_its_data(requested):
    provision(requested.id)
    token, actor = token_of_its_own_admin(requested), admin_of(requested)
    with brand_tx(reread(requested).ref()):
        Customer.objects.create(external_id="c-1")

    with shared_tx():
        suspend_brand(actor=actor, brand_id=requested.id, now=timezone.now())
    with pytest.raises(Forbidden):
        authenticate(f"Bearer {token}")

    with shared_tx():
        resume_brand(actor=actor, brand_id=requested.id, now=timezone.now())
    _, brand = authenticate(f"Bearer {token}")
    assert brand is not None
    with brand_tx(brand):
        assert Customer.objects.count() == 1


def test_a_brand_that_is_not_granted_is_not_found(requested, acme):
    actor = admin_of(requested)

    for act in (
        lambda: retry_brand(actor=actor, brand_id=acme.id, now=timezone.now()),
        lambda: suspend_brand(actor=actor, brand_id=acme.id, now=timezone.now()),
    ):
        with pytest.raises(NotFound), shared_tx():
            act()
    with shared_tx():
        assert not Grant.objects.filter(brand_id=acme.id).exists()


def test_the_fleet_skips_what_is_at_head_and_records_what_fails(requested):
    provision(requested.id)
    said: list[str] = []

    assert fleet.migrate_brands(said.append).migrated == 0

    fleet.record_state(requested.id, head="older", state="AT_HEAD", error="")
    report = fleet.migrate_brands(said.append)
    assert (report.migrated, report.failed) == (1, {})
    assert said == [f"{requested.schema_name}: at head"]
