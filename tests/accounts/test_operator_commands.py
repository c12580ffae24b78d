"""The operator's commands: brands, people and grants from a shell."""

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.authentication import authenticate
from apps.accounts.models import Brand, Grant, Member
from cxplatform.tenancy.doors import shared_tx


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out.strip()


def test_a_brand_is_requested(db, capsys):
    call_command("create_brand", "initech", name="Initech", time_zone="Asia/Kolkata", currency="INR")

    slug, _, status = said(capsys).split()
    assert (slug, status) == ("initech", "REQUESTED")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"time_zone": "localtime"}, "time_zone: This is not an IANA time zone"),
        ({"currency": "ZZZ"}, "currency: This is not an ISO 4217"),
        ({"name": " "}, "name: A name has 1 to 200 characters"),
    ],
)
def test_a_wrong_brand_is_one_clear_line_and_nothing_is_written(db, options, message):
    with pytest.raises(CommandError, match=message):
        call_command("create_brand", "initech", **({"name": "Initech", "time_zone": "UTC"} | options))

    with shared_tx():
        assert not Brand.objects.filter(slug="initech").exists()


def test_a_member_gets_a_key_that_works(db, capsys, acme):
    call_command("add_member", "boss@provider.example", name="Boss", role="PROVIDER_ADMIN", grant=["acme"])

    token = said(capsys).split()[-1]
    viewer, brand = authenticate(f"Bearer {token}")
    assert brand is not None
    assert (viewer.email, brand.id) == ("boss@provider.example", acme.id)


def test_a_member_of_a_role_that_does_not_fit_is_refused(db, acme):
    with pytest.raises(CommandError, match="role: A brand's people have a brand's role"):
        call_command("add_member", "x@acme.example", name="X", role="SUPERVISOR", brand="acme")

    with shared_tx():
        assert not Member.objects.filter(email="x@acme.example").exists()


def test_a_grant_is_given_once(db, capsys, acme, globex):
    call_command("add_member", "boss@provider.example", name="Boss", role="SUPERVISOR", grant=["acme"])
    for _ in range(2):
        call_command("grant_brand", "Boss@provider.example", "globex")

    with shared_tx():
        granted = Grant.objects.filter(member__email="boss@provider.example").values_list("brand__slug", flat=True)
        assert sorted(granted) == ["acme", "globex"]


def test_a_brands_own_person_is_granted_nothing(db, acme, globex):
    call_command("add_member", "x@acme.example", name="X", role="VIEWER", brand="acme")

    with pytest.raises(CommandError, match="email: A brand's people work in their own brand alone"):
        call_command("grant_brand", "x@acme.example", "globex")


@pytest.mark.parametrize(("email", "brand"), [("nobody@provider.example", "acme"), ("boss@provider.example", "none")])
def test_a_grant_of_somebody_or_something_unknown_is_one_clear_line(db, acme, email, brand):
    call_command("add_member", "boss@provider.example", name="Boss", role="SUPERVISOR")

    with pytest.raises(CommandError, match="There is no"):
        call_command("grant_brand", email, brand)
