"""References to recordings and transcripts: who tells and reads them, what is refused, and how long they are kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.permissions import Role
from apps.interactions import media_retention
from apps.interactions.imports import MEDIA_REFERENCES
from apps.interactions.media_retention import watch_retention
from apps.interactions.models import MediaReference, ServiceSettings
from cxplatform.audit.models import AuditEvent
from cxplatform.imports.upserts import upsert
from cxplatform.jobs.models import Job
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import agent, interaction

URL = "https://records.example:8443/calls/17?part=1#t=10"
RECORD = """mutation($input: RecordMediaReferenceInput!) { recordMediaReference(input: $input) {
  mediaReference { id kind url interaction { externalId } } userErrors { code field message } } }"""
REMOVE = """mutation($id: ID!) { removeMediaReference(input: {id: $id}) {
  mediaReference { id kind } userErrors { code } } }"""
OF_CONTACT = "{ interactions { nodes { mediaReferences { nodes { kind %s } } } } }"


def record(asker: Asker, **given: Any) -> Any:
    told = {"interaction": "i1", "kind": "RECORDING", "at": "2026-03-02T09:00:00Z", "url": URL, **given}
    answer = asker.ask(RECORD, {"input": told})
    return codes(answer) or answer["data"]["recordMediaReference"]


@pytest.fixture
def contact(db: None, acme: BrandRef) -> None:
    with brand_tx(acme):
        interaction("i1")


def test_a_reference_is_told_read_at_its_contact_and_removed(admin: Asker, acme: BrandRef, contact: None) -> None:
    stored = record(admin)["mediaReference"]
    read = admin.data(OF_CONTACT % "url")["interactions"]["nodes"]
    removed = admin.data(REMOVE, {"id": stored["id"]})["removeMediaReference"]

    assert (stored["kind"], stored["url"], stored["interaction"]) == ("RECORDING", URL, {"externalId": "i1"})
    assert read == [{"mediaReferences": {"nodes": [{"kind": "RECORDING", "url": URL}]}}]
    assert removed == {"mediaReference": {"id": stored["id"], "kind": "RECORDING"}, "userErrors": []}
    assert codes(admin.ask(REMOVE, {"id": stored["id"]})) == ["NOT_FOUND"]
    with brand_tx(acme):
        assert not MediaReference.objects.exists()
        # An address is personal: the trail, from which nothing can be taken, does not hold it.
        assert not AuditEvent.objects.filter(after__contains="records.example").exists()
        assert not AuditEvent.objects.filter(before__contains="records.example").exists()


@pytest.mark.parametrize(
    "url",
    [
        "http://records.example/1", "ftp://records.example", "javascript:alert(1)", "records.example/1", "https://",
        "https://user@records.example/1", "https://user:word@records.example/1", "https://records.example\\@evil.example",
        "https://records.example/a b", "https://records.example/<script>", "https://records.example/é", "https://-a.example",
        "https://records.example/\n1", f"https://records.example/{'x' * 2_000}",
    ],
)  # fmt: skip
def test_what_is_no_https_address_without_credentials_is_refused(
    admin: Asker, acme: BrandRef, contact: None, url: str
) -> None:
    (refused,) = record(admin, url=url)["userErrors"]

    assert refused["field"] == "url"
    assert refused["code"] == ("TOO_LONG" if len(url) > 2_000 else "INVALID_TYPE")
    assert "example" not in refused["message"]
    with brand_tx(acme):
        assert not MediaReference.objects.exists()


def test_the_address_is_personal_data(asker: MakeAsker, admin: Asker, contact: None) -> None:
    record(admin)
    analyst = asker(Role.ANALYST)

    assert analyst.data(OF_CONTACT % "")["interactions"]["nodes"][0]["mediaReferences"]["nodes"] == [
        {"kind": "RECORDING"}
    ]
    assert codes(analyst.ask(OF_CONTACT % "url")) == ["FORBIDDEN"]
    assert record(analyst) == ["FORBIDDEN"]


def test_an_agent_tells_removes_and_sees_those_of_its_own_work(
    asker: MakeAsker, admin: Asker, acme: BrandRef, contact: None
) -> None:
    me = asker(Role.AGENT)
    with brand_tx(acme):
        interaction("mine", agent=agent("me", me.member_id))
    others = record(admin)["mediaReference"]["id"]

    mine = record(me, interaction="mine")["mediaReference"]

    assert mine["interaction"] == {"externalId": "mine"}
    assert record(me) == ["FORBIDDEN"]
    assert codes(me.ask(REMOVE, {"id": others})) == ["NOT_FOUND"]
    assert me.data(REMOVE, {"id": mine["id"]})["removeMediaReference"]["userErrors"] == []


def test_old_references_are_removed_in_bounded_steps_and_the_trail_says_how_many(
    committed: None, acme: BrandRef, globex: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_retention, "MOST_AT_ONCE", 2)
    now = datetime.now(UTC)
    rows = [
        {"external_id": f"{days}", "interaction": "i1", "kind": "TRANSCRIPT", "url": URL, "at": now - timedelta(days)}
        for days in (1, 9, 12, 13, 40)
    ]
    for brand, days in ((acme, 10), (globex, None)):
        with brand_tx(brand):
            upsert(MEDIA_REFERENCES, rows, now=now)
            ServiceSettings.objects.create(media_days=days, updated_at=now)

    for brand in (acme, globex):
        watch_retention(brand, now)
        run_due(brand)
        watch_retention(brand, now)

    with brand_tx(acme):
        assert set(MediaReference.objects.values_list("external_id", flat=True)) == {"1", "9"}
        told = AuditEvent.objects.filter(action="remove_old_media_references").order_by("sequence")
        assert ['"removed":2' in event.after for event in told] == [True, False]
        assert (['"removed":1' in event.after for event in told], Job.objects.count()) == ([False, True], 1)
    with brand_tx(globex):
        assert (MediaReference.objects.count(), Job.objects.count()) == (5, 0)


@pytest.mark.parametrize("days", [0, 3_661])
def test_they_are_kept_a_number_of_days_or_for_ever(admin: Asker, days: int) -> None:
    document = """mutation($days: Int) { updateServiceSettings(input: {mediaDays: $days}) {
      serviceSettings { mediaDays caseDays } userErrors { field } } }"""

    refused = admin.data(document, {"days": days})["updateServiceSettings"]
    kept = [admin.data(document, {"days": good})["updateServiceSettings"] for good in (30, None)]

    assert refused == {"serviceSettings": None, "userErrors": [{"field": "mediaDays"}]}
    assert [each["serviceSettings"] for each in kept] == [
        {"mediaDays": 30, "caseDays": 7}, {"mediaDays": None, "caseDays": 7},
    ]  # fmt: skip
