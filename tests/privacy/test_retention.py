"""What a brand keeps of inactive customers goes after the days that it set, and nothing else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.models import Customer
from apps.interactions.models import Interaction, MediaReference, Message
from apps.metrics.recompute import rebuild, recompute_all
from cxplatform.imports.models import ImportJob
from cxplatform.jobs.runner import run_due
from cxplatform.privacy import sweeping, walking
from cxplatform.privacy.models import RetentionRules, RetentionSweep
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.audit.conftest import trail
from tests.graphql.conftest import MakeAsker, codes
from tests.metrics.test_recompute import stored

pytestmark = pytest.mark.django_db
NOW = timezone.now()
SET = """mutation ($input: SetRetentionRulesInput!) { setRetentionRules(input: $input) {
  retentionRules { textDays attributeDays identityDays lineDays } userErrors { code field } } }"""
PREVIEW = """mutation ($input: PreviewRetentionInput!) { previewRetention(input: $input) {
  sweep { id state rows textDays identityDays } userErrors { code } } }"""


def person(key: str, *, days: int) -> Customer:
    """Make somebody who joined 400 days ago and was last in touch so many days ago."""
    made = Customer.objects.create(
        external_id=key, name=key, attributes={"a": 1}, joined_at=NOW - timedelta(days=400), segment="gold"
    )
    for number, ago in enumerate((390, days)):
        at = NOW - timedelta(days=ago)
        made.interactions.create(external_id=f"{key}-{number}", channel="CHAT", opened_at=at, text=f"{key} says")
    of_contact = {"interaction_external_id": f"{key}-0", "at": NOW}
    Message.objects.create(external_id=f"m-{key}", author="CUSTOMER", text="hello", **of_contact)
    MediaReference.objects.create(external_id=f"r-{key}", kind="RECORDING", url="https://a.example/1", **of_contact)
    return made


@pytest.fixture
def people(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "PEOPLE_AT_ONCE", 2)
    with brand_tx(acme):
        for key, days in (("new", 5), ("old", 100), ("older", 200), ("oldest", 300)):
            person(key, days=days)


def rules(brand: BrandRef, **days: int) -> None:
    with brand_tx(brand):
        RetentionRules.objects.create(updated_at=NOW, **days)


def sweep(brand: BrandRef) -> RetentionSweep:
    sweeping.watch_retention(brand)
    run_due(brand)
    with brand_tx(brand):
        return RetentionSweep.objects.latest("requested_at")


def kept(brand: BrandRef) -> dict[str, set[str]]:
    """Tell of each customer, in the order they were made, what is left."""
    left = {}
    with brand_tx(brand):
        for number, its in enumerate(Customer.objects.order_by("pk")):
            contacts = its.interactions.all()
            held = {
                "name": its.name, "key": not its.external_id.startswith("erased-"), "attributes": its.attributes,
                "texts": any(each.text for each in contacts),
                "recordings": MediaReference.objects.filter(
                    interaction_external_id__in=[each.external_id for each in contacts]
                ).exists(),
            }  # fmt: skip
            left[("new", "old", "older", "oldest")[number]] = {name for name, value in held.items() if value}
    return left


ALL = {"name", "key", "attributes", "texts", "recordings"}


def test_each_rule_takes_its_own_from_whoever_was_inactive_for_so_long(acme: BrandRef, people: None) -> None:
    rules(acme, text_days=50, attribute_days=150, identity_days=250)

    swept = sweep(acme)

    assert kept(acme) == {
        "new": ALL,
        "old": {"name", "key", "attributes"},
        "older": {"name", "key"},
        "oldest": set(),
    }
    # Of each of three: two contacts, a message, a reference; and two customers, the older one's and the oldest one's.
    assert (swept.state, swept.rows) == ("DONE", 3 * 4 + 2)


def test_a_dry_run_counts_what_a_sweep_erases_and_erases_nothing(
    asker: MakeAsker, acme: BrandRef, people: None
) -> None:
    admin = asker(Role.BRAND_ADMIN)
    rules(acme, text_days=50, attribute_days=150)

    begun = admin.data(PREVIEW, {"input": {"identityDays": 250}})["previewRetention"]
    run_due(acme)
    counted = admin.data(
        "query ($id: ID!) { node(id: $id) { ... on RetentionSweep { state rows dryRun } } }",
        {"id": begun["sweep"]["id"]},
    )["node"]

    assert (begun["userErrors"], begun["sweep"]["textDays"], begun["sweep"]["identityDays"]) == ([], 50, 250)
    assert counted == {"state": "DONE", "rows": 14, "dryRun": True}
    assert kept(acme) == dict.fromkeys(("new", "old", "older", "oldest"), ALL)
    with brand_tx(acme):
        assert RetentionRules.objects.get().identity_days is None


def test_a_second_sweep_waits_a_day_and_finds_nothing(acme: BrandRef, people: None) -> None:
    rules(acme, text_days=50)
    first = sweep(acme)

    assert sweep(acme).pk == first.pk
    with brand_tx(acme):
        RetentionSweep.objects.update(requested_at=NOW - timedelta(days=2))
    second = sweep(acme)

    assert (second.pk != first.pk, first.rows, second.rows) == (True, 12, 0)


def test_numbers_stay(acme: BrandRef, people: None) -> None:
    rebuild(acme)
    recompute_all(acme, now=NOW)
    before = stored(acme)
    rules(acme, text_days=1, attribute_days=1, identity_days=1)

    sweep(acme)
    rebuild(acme)
    recompute_all(acme, now=NOW)

    assert len(before) > 10
    assert stored(acme) == before


def test_without_rules_nothing_is_gone_over(acme: BrandRef, people: None) -> None:
    sweeping.watch_retention(acme)
    rules(acme)
    sweeping.watch_retention(acme)

    with brand_tx(acme):
        assert RetentionSweep.objects.count() == 0


def test_the_other_brand_is_not_touched(acme: BrandRef, globex: BrandRef, people: None) -> None:
    with brand_tx(globex):
        person("c", days=300)
    rules(acme, text_days=1, attribute_days=1, identity_days=1)

    sweep(acme)
    sweeping.watch_retention(globex)
    run_due(globex)

    with brand_tx(globex):
        assert Customer.objects.get().name == "c"
        assert Interaction.objects.filter(text__isnull=False).count() == 2


def test_lines_of_old_imports_go(acme: BrandRef) -> None:
    error = [{"line": 2, "field": "name", "code": "TOO_LONG", "message": "'Ada'"}]
    with brand_tx(acme):
        for job, days in ((1, 40), (2, 20)):
            ImportJob.objects.create(
                id=f"00000000-0000-0000-0000-00000000000{job}", kind="customers", format="csv", state="DONE", rows=1,
                rejected=1, errors=error, file_name="x", bytes_total=1, created_at=NOW - timedelta(days=days),
            )  # fmt: skip
    rules(acme, line_days=30)

    sweep(acme)

    with brand_tx(acme):
        told: dict[Any, Any] = dict(ImportJob.objects.order_by("created_at").values_list("created_at", "errors"))
    assert list(told.values()) == [[], error]


def test_rules_are_set_by_who_manages_the_brand_and_written_down(asker: MakeAsker, acme: BrandRef) -> None:
    admin = asker(Role.BRAND_ADMIN)

    made = admin.data(SET, {"input": {"textDays": 90, "lineDays": 30}})["setRetentionRules"]
    refused = admin.data(SET, {"input": {"textDays": 0}})["setRetentionRules"]
    read = asker(Role.VIEWER).data("{ retentionRules { textDays identityDays } }")
    forbidden = asker(Role.SUPERVISOR).ask(SET, {"input": {"textDays": 1}})

    assert made["retentionRules"] == {"textDays": 90, "attributeDays": None, "identityDays": None, "lineDays": 30}
    assert refused["userErrors"] == [{"code": "BAD_USER_INPUT", "field": "textDays"}]
    assert read == {"retentionRules": {"textDays": 90, "identityDays": None}}
    assert codes(forbidden) == ["FORBIDDEN"]
    changes = [event for event in trail(acme) if event.action != "access"]
    assert [(event.action, event.after) for event in changes] == [
        ("set_retention_rules", '{"line_days":30,"text_days":90}')
    ]


def test_what_leads_to_nobody_goes_by_its_own_age(acme: BrandRef, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxplatform.privacy.unclaimed.KEYS_AT_ONCE", 2)
    with brand_tx(acme):
        for days in (10, 100):
            at = NOW - timedelta(days=days)
            Interaction.objects.create(external_id=f"i{days}", channel="CHAT", opened_at=at, text=f"{days}")
            for name in (f"i{days}", "never came"):
                Message.objects.create(
                    external_id=f"m-{days}-{name}", author="CUSTOMER", text=f"{days}", at=at,
                    interaction_external_id=name,
                )  # fmt: skip
        his = person("new", days=5)
        Message.objects.filter(external_id="m-new").update(at=NOW - timedelta(days=300))
    rules(acme, text_days=50)

    with brand_tx(acme):
        sweeping.begin_sweep(RetentionRules.objects.get(), dry_run=True, now=NOW)
    run_due(acme)
    swept = sweep(acme)

    with brand_tx(acme):
        assert list(RetentionSweep.objects.order_by("dry_run").values_list("rows", flat=True)) == [3, 3]
        assert swept.state == "DONE"
        left = Interaction.objects.filter(customer=None, text__isnull=False).values_list("text", flat=True)
        assert list(left) == ["10"]
        told = Message.objects.filter(text__isnull=False).order_by("external_id").values_list("external_id", flat=True)
        assert list(told) == ["m-10-i10", "m-10-never came", "m-new"]
        assert his.interactions.filter(text__isnull=False).count() == 2
