"""The provider's administrator makes, retries, suspends and resumes the brands it is granted."""

from typing import Any

import pytest

from apps.accounts.models import Brand
from apps.accounts.permissions import Role
from apps.accounts.provisioning import JOB_KIND
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.models import Job
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx
from tests.graphql.conftest import Asker, MakeAsker, codes

VERBS = ["retryBrand", "suspendBrand", "resumeBrand"]


@pytest.fixture
def provider(asker: MakeAsker) -> Asker:
    """The provider's administrator, granted Acme alone."""
    return asker(Role.PROVIDER_ADMIN)


def change(verb: str, asker: Asker, brand: BrandRef) -> dict[str, Any]:
    type_name = f"{verb[0].upper()}{verb[1:]}Input"
    asked = f"{verb}(input: $input) {{ brand {{ slug status }} userErrors {{ code }} }}"
    document = f"mutation($input: {type_name}!) {{ {asked} }}"
    return asker.ask(document, {"input": {"id": global_id("Brand", brand.id)}})


def set_status(brand: BrandRef, status: str, failure: str = "") -> None:
    with shared_tx():
        Brand.objects.filter(pk=brand.id).update(status=status, failure=failure)


def status_of(brand: BrandRef) -> str:
    with shared_tx():
        return str(Brand.objects.get(pk=brand.id).status)


def test_a_suspended_brand_is_closed_until_it_is_resumed(provider: Asker, admin: Asker, acme: BrandRef) -> None:
    suspended = change("suspendBrand", provider, acme)
    assert suspended["data"]["suspendBrand"] == {"brand": {"slug": "acme", "status": "SUSPENDED"}, "userErrors": []}
    assert codes(admin.ask("{ me { role } }")) == ["FORBIDDEN"]
    assert codes(provider.ask("{ customers { totalCount } }")) == ["FORBIDDEN"]
    provider.brand = "acme"
    assert codes(provider.ask("{ me { role } }")) == ["FORBIDDEN"]
    provider.brand = None

    resumed = change("resumeBrand", provider, acme)
    assert resumed["data"]["resumeBrand"] == {"brand": {"slug": "acme", "status": "ACTIVE"}, "userErrors": []}
    assert admin.data("{ customers { totalCount } }") == {"customers": {"totalCount": 0}}
    assert provider.data("{ customers { totalCount } }") == {"customers": {"totalCount": 0}}


@pytest.mark.parametrize("status", ["SUSPENDED", "REQUESTED", "FAILED", "ACTIVE"])
def test_brands_are_listed_with_their_status_of_now(provider: Asker, acme: BrandRef, status: str) -> None:
    set_status(acme, status)

    data = provider.data("{ me { role } brand { slug } brands { nodes { slug status } } }")

    assert data == {
        "me": {"role": "PROVIDER_ADMIN"},
        "brand": {"slug": "acme"} if status == "ACTIVE" else None,
        "brands": {"nodes": [{"slug": "acme", "status": status}]},
    }


def test_a_failed_brand_says_why_and_is_asked_for_again(provider: Asker, acme: BrandRef) -> None:
    set_status(acme, "FAILED", "disk full")
    seen = provider.data("{ brands { nodes { failure vertical } } }")["brands"]["nodes"]

    retried = change("retryBrand", provider, acme)

    assert seen == [{"failure": "disk full", "vertical": ""}]
    assert retried["data"]["retryBrand"] == {"brand": {"slug": "acme", "status": "REQUESTED"}, "userErrors": []}
    assert provider.data("{ brands { nodes { failure } } }")["brands"]["nodes"] == [{"failure": None}]
    with shared_tx():
        assert [job.args for job in Job.objects.filter(kind=JOB_KIND)] == [{"brand_id": str(acme.id)}]


def test_why_a_brand_failed_is_told_to_those_alone_who_make_brands(asker: MakeAsker, acme: BrandRef) -> None:
    people = [asker(Role.SUPERVISOR), asker(Role.AGENT), asker(Role.PROVIDER_ADMIN, scope="READ")]
    set_status(acme, "FAILED", "disk full")

    for somebody in people:
        assert somebody.data("{ brands { nodes { status failure } } }")["brands"]["nodes"] == [
            {"status": "FAILED", "failure": None}
        ]


@pytest.mark.parametrize(
    ("verb", "status"),
    [
        *[("retryBrand", status) for status in ("REQUESTED", "ACTIVE", "SUSPENDED")],
        *[(verb, status) for verb in ("suspendBrand", "resumeBrand") for status in ("REQUESTED", "FAILED")],
    ],
)
def test_a_brand_in_the_wrong_state_is_a_conflict(provider: Asker, acme: BrandRef, verb: str, status: str) -> None:
    set_status(acme, status)

    answer = change(verb, provider, acme)

    assert answer["data"][verb] == {"brand": None, "userErrors": [{"code": "CONFLICT"}]}
    assert status_of(acme) == status


@pytest.mark.parametrize("verb", VERBS)
def test_a_brand_that_is_not_granted_is_not_found(provider: Asker, globex: BrandRef, verb: str) -> None:
    answer = change(verb, provider, globex)

    assert (answer["data"], codes(answer)) == ({verb: None}, ["NOT_FOUND"])
    assert status_of(globex) == "ACTIVE"


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AGENT, Role.BRAND_ADMIN, Role.ANALYST, Role.VIEWER])
def test_nobody_else_may(asker: MakeAsker, acme: BrandRef, verb: str, role: Role) -> None:
    answer = change(verb, asker(role), acme)

    assert (answer["data"], codes(answer)) == ({verb: None}, ["FORBIDDEN"])
    assert status_of(acme) == "ACTIVE"
