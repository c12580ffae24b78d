"""Who is asking and for which brand: CONTRACT's rules, one by one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.authentication import authenticate, authenticate_all, require_brand
from apps.accounts.models import ApiKey, Brand, Member
from apps.accounts.permissions import Role
from cxplatform.errors import BrandRequired, Forbidden, NotFound, Unauthenticated
from cxplatform.graphql.authenticating import Presented
from cxplatform.tenancy.doors import shared_tx


def chosen(person, **choice) -> str | None:
    brand = authenticate(person.header, **choice)[1]
    return brand.slug if brand else None


def test_a_brands_credential_belongs_to_its_brand(person, acme):
    assert chosen(person(Role.VIEWER, acme)) == "acme"


def test_a_brands_credential_may_name_its_own_brand(person, acme):
    assert chosen(person(Role.VIEWER, acme), brand_header="acme") == "acme"


@pytest.mark.parametrize("slug", ["globex", "no-such-brand", "ACME", "acme ", "' OR 1=1 --"])
def test_a_brands_credential_finds_no_other_brand(person, acme, slug):
    with pytest.raises(NotFound) as caught:
        authenticate(person(Role.BRAND_ADMIN, acme).header, brand_header=slug)

    assert caught.value.message == "No such brand."


def test_a_providers_credential_picks_among_its_grants(person, acme, globex):
    supervisor = person(Role.SUPERVISOR, acme, globex)

    assert chosen(supervisor) is None
    assert chosen(supervisor, brand_header="acme") == "acme"
    assert chosen(supervisor, brand_header="globex") == "globex"


def test_a_single_grant_is_the_default(person, acme):
    assert chosen(person(Role.AGENT, acme)) == "acme"


def test_a_brand_that_is_not_granted_is_not_found(person, acme):
    with pytest.raises(NotFound):
        authenticate(person(Role.PROVIDER_ADMIN, acme).header, brand_header="globex")


def test_a_host_narrows(person, acme, globex, settings):
    settings.CX_BASE_DOMAIN = "cx.example"
    supervisor = person(Role.SUPERVISOR, acme, globex)

    assert chosen(supervisor, host="globex.cx.example:8000") == "globex"
    assert chosen(supervisor, host="other.example") is None


def test_a_host_never_widens(person, acme, globex, settings):
    settings.CX_BASE_DOMAIN = "cx.example"

    with pytest.raises(NotFound):
        authenticate(person(Role.VIEWER, acme).header, host="globex.cx.example")
    with pytest.raises(NotFound):
        authenticate(person(Role.SUPERVISOR, acme, globex).header, host="globex.cx.example", brand_header="acme")


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic abc", "Bearer cx_short_one", "cx_aaaaaaaaaaaa_" + "b" * 43]
)
def test_no_or_no_real_token_is_unauthenticated(db, header):
    with pytest.raises(Unauthenticated):
        authenticate(header)


def test_a_known_id_with_a_wrong_secret_is_unauthenticated(person, acme):
    token = person(Role.VIEWER, acme).token
    forged = token[:-1] + ("a" if token[-1] != "a" else "b")

    with pytest.raises(Unauthenticated):
        authenticate(f"Bearer {forged}")


def test_a_revoked_key_is_unauthenticated_at_once(person, acme):
    viewer = person(Role.VIEWER, acme)
    with shared_tx():
        ApiKey.objects.filter(pk=viewer.key_id).update(revoked_at=timezone.now())

    with pytest.raises(Unauthenticated):
        authenticate(viewer.header)


def test_an_expired_key_is_unauthenticated(person, acme):
    viewer = person(Role.VIEWER, acme, expires_at=timezone.now() - timedelta(seconds=1))

    with pytest.raises(Unauthenticated):
        authenticate(viewer.header)


def test_a_deactivated_members_key_is_unauthenticated(person, acme):
    viewer = person(Role.VIEWER, acme)
    with shared_tx():
        Member.objects.filter(pk=viewer.member_id).update(is_active=False)

    with pytest.raises(Unauthenticated):
        authenticate(viewer.header)


def test_the_use_of_a_key_is_noted_to_the_minute(person, acme):
    viewer = person(Role.VIEWER, acme)

    authenticate(viewer.header)
    with shared_tx():
        first = ApiKey.objects.get(pk=viewer.key_id).last_used_at
    authenticate(viewer.header)
    with shared_tx():
        second = ApiKey.objects.get(pk=viewer.key_id).last_used_at

    assert first is not None
    assert second == first


@pytest.mark.parametrize("status", ["REQUESTED", "FAILED"])
def test_a_brand_that_is_not_made_is_not_found(person, acme, status):
    viewer = person(Role.BRAND_ADMIN, acme)
    with shared_tx():
        Brand.objects.filter(pk=acme.id).update(status=status)

    with pytest.raises(NotFound):
        authenticate(viewer.header)


def test_a_suspended_brand_is_forbidden(person, acme):
    viewer = person(Role.BRAND_ADMIN, acme)
    with shared_tx():
        Brand.objects.filter(pk=acme.id).update(status="SUSPENDED")

    with pytest.raises(Forbidden):
        authenticate(viewer.header)


@pytest.mark.parametrize("status", ["SUSPENDED", "REQUESTED", "FAILED"])
def test_a_provider_whose_only_brand_cannot_be_worked_in_has_chosen_none(person, acme, status):
    supervisor = person(Role.SUPERVISOR, acme)
    with shared_tx():
        Brand.objects.filter(pk=acme.id).update(status=status)

    viewer, brand = authenticate(supervisor.header)

    assert brand is None
    assert [(known.slug, known.status) for known in viewer.brands] == [("acme", status)]


@pytest.mark.parametrize(
    ("status", "refusal"), [("SUSPENDED", Forbidden), ("REQUESTED", NotFound), ("FAILED", NotFound)]
)
def test_a_provider_cannot_choose_a_brand_that_cannot_be_worked_in(person, acme, status, refusal):
    supervisor = person(Role.SUPERVISOR, acme)
    with shared_tx():
        Brand.objects.filter(pk=acme.id).update(status=status)

    with pytest.raises(refusal):
        authenticate(supervisor.header, brand_header="acme")


@pytest.mark.parametrize(("status", "refusal"), [("SUSPENDED", Forbidden), ("REQUESTED", BrandRequired)])
def test_work_that_needs_a_brand_says_why_it_has_none(person, acme, status, refusal):
    supervisor = person(Role.SUPERVISOR, acme)
    with shared_tx():
        Brand.objects.filter(pk=acme.id).update(status=status)

    with pytest.raises(refusal):
        require_brand(authenticate(supervisor.header))


def test_no_secret_is_kept(person, acme):
    viewer = person(Role.VIEWER, acme)
    secret = viewer.token.split("_")[2]

    with shared_tx():
        row = ApiKey.objects.filter(pk=viewer.key_id).values().get()

    assert secret not in repr(row)
    assert len(bytes(row["secret_hash"])) == 32


def test_signing_in_takes_one_query_or_two_for_the_provider(person, acme, django_assert_num_queries):
    viewer, supervisor = person(Role.VIEWER, acme), person(Role.SUPERVISOR, acme)
    authenticate(viewer.header)
    authenticate(supervisor.header)

    # Inside a test's transaction each has a door around it: two savepoints, the role kept, taken and restored.
    with django_assert_num_queries(6):
        authenticate(viewer.header)
    with django_assert_num_queries(12):
        authenticate(supervisor.header)


def test_many_are_let_in_each_by_its_own_token(person, acme, globex):
    ours, theirs, supervisor = person(Role.VIEWER, acme), person(Role.ANALYST, globex), person(Role.SUPERVISOR, acme)
    presented = [Presented(who.header) for who in (ours, theirs, supervisor)]

    found = authenticate_all(presented)

    assert [(viewer.key_id, brand.slug) for viewer, brand in found] == [
        (ours.key_id, "acme"),
        (theirs.key_id, "globex"),
        (supervisor.key_id, "acme"),
    ]
    assert found == [authenticate(each.authorization) for each in presented]


def test_among_many_each_is_refused_for_its_own_reason(person, acme, globex):
    good, revoked, narrow = (person(Role.VIEWER, acme) for _ in range(3))
    expired = person(Role.VIEWER, acme, expires_at=timezone.now() - timedelta(seconds=1))
    provider = person(Role.SUPERVISOR, acme)
    with shared_tx():
        ApiKey.objects.filter(pk=revoked.key_id).update(revoked_at=timezone.now())
    swapped = f"cx_{good.token.split('_')[1]}_{revoked.token.split('_')[2]}"

    found = authenticate_all(
        [
            Presented(good.header),
            Presented(revoked.header),
            Presented(expired.header),
            Presented(f"Bearer {swapped}"),
            Presented("Bearer nothing like a token"),
            Presented(None),
            Presented(narrow.header, "globex"),
            Presented(provider.header, "globex"),
        ]
    )

    assert [getattr(each, "code", "let in") for each in found] == [
        "let in",
        *["UNAUTHENTICATED"] * 5,
        *["NOT_FOUND"] * 2,
    ]


def test_many_cost_as_many_queries_as_one(person, acme, globex, django_assert_num_queries):
    presented = [Presented(person(role, brand).header) for role in Role for brand in (acme, globex)]
    authenticate_all(presented)

    with django_assert_num_queries(12):
        authenticate_all(presented)
