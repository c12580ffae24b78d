"""Who may be contacted: by what was said last, by the brand's policy, and never in quiet hours."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.accounts.permissions import Role
from apps.customers import commands
from apps.customers.consents.asking import may_contact
from apps.customers.consents.deciding import Quiet, Said, decide
from apps.customers.models import ConsentPolicy, ConsentRecord, ContactPreference, Customer
from cxplatform.errors import BadInput, Conflict
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.customers.people import customer, told
from tests.graphql.conftest import Asker, MakeAsker, admin, asker, codes
from tests.interactions.cases.stored import NOW
from tests.interactions.working.rows import viewer

__all__ = ["admin", "asker"]

BERLIN = ZoneInfo("Europe/Berlin")
# NOW is 2026-06-01 00:00 UTC: 20:00 of the day before in New York, where Acme is.
MAY = """query($ids: [ID!]!) { mayContact(customers: $ids, purpose: SURVEYS, channel: EMAIL,
  at: "2026-06-01T00:00:00Z") { allowed reason } }"""
WISH = """mutation($input: SetContactPreferencesInput!) { setContactPreferences(input: $input) {
  preference { channel language quietFrom quietUntil } userErrors { code field } } }"""


def consent(name: str, granted: bool, days: float = -1, purpose: str = "SURVEYS", channel: str | None = None) -> None:
    assert told("consents", {"customer": name, "purpose": purpose, "granted": granted, "channel": channel,
                             "at": NOW + timedelta(days=days)}) == ["ACCEPTED"]  # fmt: skip


def may(*names: str, purpose: str = "SURVEYS", channel: str = "EMAIL", at: datetime = NOW) -> list[tuple[bool, str]]:
    ids = [customer(name) for name in names]
    found = may_contact(ids, purpose, channel, at)
    return [(found[key].allowed, found[key].why.value) for key in ids]


hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
said = st.builds(
    Said,
    st.integers(-3, 3).map(lambda days: NOW + timedelta(days=days)),
    st.sampled_from([None, "EMAIL", "SMS"]),
    st.booleans(),
)


@given(st.lists(said, max_size=6), st.lists(st.builds(Quiet, hours, hours), max_size=2), st.booleans())
def test_nobody_is_contacted_against_what_it_said_last_or_in_its_quiet_hours(
    records: list[Said], quiet: list[Quiet], opt_in: bool
) -> None:
    decided = decide(records, quiet, "EMAIL", NOW, zone=BERLIN, opt_in=opt_in)

    of_it = sorted((each for each in records if each.channel != "SMS" and each.at <= NOW), key=lambda each: each.at)
    last = [each.granted for each in of_it if each.at == of_it[-1].at]
    allowed = all(last) if last else not opt_in
    # Two in the morning: 2:00 as minutes, in hours that may wrap around midnight.
    asleep = any((120 - _minutes(each.begins)) % 1440 < ((_minutes(each.ends) - _minutes(each.begins)) % 1440 or 1440)
                 for each in quiet)  # fmt: skip
    assert decided.allowed == (allowed and not asleep)


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


@pytest.mark.django_db
def test_the_latest_that_was_said_of_a_channel_or_of_all_counts(acme: BrandRef) -> None:
    with brand_tx(acme):
        told("customers", *({"external_id": name} for name in ("silent", "no", "sms", "again", "later")))
        consent("no", granted=False)
        consent("sms", granted=False, channel="SMS")
        consent("again", granted=False, days=-2)
        consent("again", granted=True, channel="EMAIL")
        consent("later", granted=False, days=1)

        assert may("silent", "no", "sms", "again", "later") == [
            (True, "NOT_FORBIDDEN"), (False, "FORBIDDEN"), (True, "NOT_FORBIDDEN"), (True, "ALLOWED"),
            (True, "NOT_FORBIDDEN"),
        ]  # fmt: skip
        assert may("sms", "again", channel="SMS") == [(False, "FORBIDDEN")] * 2
        assert may("silent", "again", purpose="OUTREACH") == [(False, "NEVER_ALLOWED")] * 2
        commands.set_consent_policy(actor=viewer(Role.BRAND_ADMIN), purpose="SURVEYS", opt_in=True, now=NOW)
        assert may("silent", "again") == [(False, "NEVER_ALLOWED"), (True, "ALLOWED")]
        unknown = uuid7()
        assert may_contact([unknown], "SURVEYS", "SMS", NOW)[unknown].why == "UNKNOWN"


@pytest.mark.django_db
def test_quiet_hours_are_by_the_brands_clock_and_those_of_every_identity_hold(acme: BrandRef, globex: BrandRef) -> None:
    for brand in (acme, globex):
        with brand_tx(brand):
            told("customers", {"external_id": "ann"}, {"external_id": "ann k"})
            commands.set_contact_preferences(
                actor=viewer(), customer_id=customer("ann k"), channel=None, language=None, quiet=("19:00", "01:00"),
                now=NOW,
            )  # fmt: skip
            consent("ann k", granted=False, purpose="OUTREACH")
            # 20:00 in New York, 2:00 in Berlin.
            assert may("ann", "ann k") == [(True, "NOT_FORBIDDEN"), (
                (False, "QUIET_HOURS") if brand is acme else (True, "NOT_FORBIDDEN")
            )]  # fmt: skip
            ids = {"survivor_id": customer("ann"), "merged_id": customer("ann k")}
            commands.merge_customers(actor=viewer(), **ids, now=NOW)
            assert may("ann") == may("ann k")
            assert may("ann", purpose="OUTREACH") == [(False, "FORBIDDEN")]
    with brand_tx(acme):
        assert may("ann") == [(False, "QUIET_HOURS")]
        with pytest.raises(Conflict):
            commands.set_contact_preferences(
                actor=viewer(), customer_id=ids["merged_id"] and customer("ann k"), channel=None, language=None,
                quiet=(None, None), now=NOW,
            )  # fmt: skip


@pytest.mark.django_db
def test_what_was_said_is_never_changed(acme: BrandRef) -> None:
    row = {"external_id": "1", "customer": "ann", "purpose": "SURVEYS", "granted": True, "at": NOW}
    with brand_tx(acme):
        assert told("consents", row, row, {**row, "granted": False}) == ["ACCEPTED", "DUPLICATE", "REJECTED"]
        assert ConsentRecord.objects.get().granted


@pytest.mark.django_db
@pytest.mark.parametrize("quiet", [("7:00", "08:00"), ("22:00", None), (None, "22:00"), ("24:00", "01:00"),
                                   ("22:00", "22:00"), ("22:00\n", "01:00")])  # fmt: skip
def test_quiet_hours_that_are_none_are_refused(acme: BrandRef, quiet: tuple[str | None, str | None]) -> None:
    with brand_tx(acme):
        told("customers", {"external_id": "ann"})
        with pytest.raises(BadInput):
            commands.set_contact_preferences(
                actor=viewer(), customer_id=customer("ann"), channel=None, language=None, quiet=quiet, now=NOW
            )
        assert not ContactPreference.objects.exists()


def test_consents_and_wishes_are_recorded_and_asked_for(admin: Asker, asker: MakeAsker, acme: BrandRef) -> None:
    with brand_tx(acme):
        ann = global_id("Customer", Customer.objects.create(external_id="ann").pk)
    given = {"customer": "ann", "purpose": "SURVEYS", "granted": False, "at": "2026-05-01T00:00:00Z",
             "saidWhere": "call", "textVersion": "v2"}  # fmt: skip
    recorded = admin.data(
        """mutation($input: RecordConsentInput!) { recordConsent(input: $input) {
          consent { purpose channel granted saidWhere textVersion customer { id } } userErrors { code } } }""",
        {"input": given},
    )["recordConsent"]
    wish: dict[str, Any] = {"customer": ann, "channel": "SMS", "language": "de", "quietFrom": "22:00",
                            "quietUntil": "07:30"}  # fmt: skip
    wished = admin.data(WISH, {"input": wish})["setContactPreferences"]
    policy = admin.data(
        """mutation { setConsentPolicy(input: {purpose: OUTREACH, optIn: false}) { policy { purpose optIn } } }"""
    )["setConsentPolicy"]
    asked = admin.data(
        """query($id: ID!) { node(id: $id) { ... on Customer { consents { nodes { granted } }
          contactPreference { quietFrom language } } } consentPolicies { purpose optIn } }""",
        {"id": ann},
    )

    assert recorded == {
        "consent": {"purpose": "SURVEYS", "channel": None, "granted": False, "saidWhere": "call",
                    "textVersion": "v2", "customer": {"id": ann}},
        "userErrors": [],
    }  # fmt: skip
    assert wished["preference"] == {"channel": "SMS", "language": "de", "quietFrom": "22:00", "quietUntil": "07:30"}
    assert policy == {"policy": {"purpose": "OUTREACH", "optIn": False}}
    assert asked["node"] == {
        "consents": {"nodes": [{"granted": False}]}, "contactPreference": {"quietFrom": "22:00", "language": "de"},
    }  # fmt: skip
    assert asked["consentPolicies"] == [{"purpose": "SURVEYS", "optIn": False}, {"purpose": "OUTREACH", "optIn": False}]
    forbidden = {"allowed": False, "reason": "FORBIDDEN"}
    nobody = global_id("Customer", uuid7())
    assert admin.data(MAY, {"ids": [ann, nobody, ann]})["mayContact"] == [
        forbidden, {"allowed": False, "reason": "UNKNOWN"}, forbidden,
    ]  # fmt: skip
    assert asker(Role.AGENT).data(MAY, {"ids": [ann]})["mayContact"][0]["reason"] == "UNKNOWN"
    for role in (Role.ANALYST, Role.VIEWER, Role.AGENT):
        assert codes(asker(role).ask(WISH, {"input": {"customer": ann}})) == ["FORBIDDEN"]
    assert codes(asker(Role.VIEWER).ask(MAY, {"ids": [ann]})) == ["FORBIDDEN"]
    with brand_tx(acme):
        assert ContactPreference.objects.get().quiet_from == "22:00"
        assert ConsentPolicy.objects.get().purpose == "OUTREACH"
    assert datetime(2026, 6, 1, tzinfo=UTC) == NOW
