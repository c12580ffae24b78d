"""Markers, each brought in by another way, about one customer; and a look for them in all there is."""

import logging
from pathlib import Path
from typing import Any

import redis
from django.conf import settings
from django.test import Client

from apps.customers.models import Customer
from apps.interactions.models import Interaction
from cxplatform.graphql.global_ids import global_id
from cxplatform.jobs.runner import run_due
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx, sql
from tests.graphql.conftest import Asker
from tests.journeys.mapped import department, promise

AT = "2026-03-02T10:00:00Z"
MARKERS = tuple(f"zq{number:02}marker" for number in range(1, 27))
(
    KEY, NAME, OLD_NAME, EMAIL, PHONE, ATTRIBUTE, CONTACT, SUBJECT, TEXT, MESSAGE, MESSAGE_TEXT, EVENT, URL, COMMENT,
    ORDER, HAPPENED, REJECTED, QUOTED, HEADER, ANSWER,
    OTHER_KEY, OTHER_EMAIL, CONSENT, HANDOFF, CONTACT_TO_COME, NOTE,
) = MARKERS  # fmt: skip


def mutate(admin: Asker, name: str, given: dict[str, Any], **headers: str) -> Any:
    kind = f"{name[0].upper()}{name[1:]}Input!"
    document = f"mutation ($input: {kind}) {{ {name}(input: $input) {{ userErrors {{ code message }} }} }}"
    answer = admin.ask(document, {"input": given}, **headers)
    assert answer["data"] == {name: {"userErrors": []}}, answer
    return answer


def send_file(admin: Asker, brand: BrandRef, kind: str, *lines: str) -> Any:
    """Import lines of CSV and return what became of them."""
    posted = Client().post(
        f"/import/{kind}", "\n".join(lines).encode(), content_type="text/csv",
        headers={"Authorization": f"Bearer {admin.token}"},
    )  # fmt: skip
    run_due(brand)
    return Client().get(posted.json()["status"], headers={"Authorization": f"Bearer {admin.token}"}).json()


def plant(admin: Asker, brand: BrandRef) -> None:
    """Tell of one customer by every way in."""
    customer = {"externalId": KEY, "name": OLD_NAME, "email": EMAIL, "segment": "gold", "country": "US"}
    mutate(admin, "recordCustomer", {**customer, "joinedAt": "2026-01-02T00:00:00Z"})
    again = {**customer, "name": NAME, "phone": PHONE, "attributes": {"pet": [ATTRIBUTE]}}
    mutate(admin, "recordCustomer", again, **{"idempotency-key": "once"})
    for number, key in enumerate((CONTACT, f"{CONTACT}-again")):
        mutate(admin, "recordInteraction", {
            "externalId": key, "customer": KEY, "channel": "EMAIL", "reason": "Billing", "openedAt": AT,
            "subject": SUBJECT, "text": TEXT, "talkSeconds": 60.0 + number,
        })  # fmt: skip
    of_contact = {"interaction": CONTACT, "at": AT}
    said = {**of_contact, "externalId": MESSAGE, "author": "CUSTOMER", "text": MESSAGE_TEXT}
    mutate(admin, "recordMessage", said)
    mutate(admin, "recordInteractionEvent", {**of_contact, "externalId": EVENT, "kind": "RESOLVED"})
    mutate(admin, "recordMediaReference", {**of_contact, "kind": "RECORDING", "url": f"https://a.example/{URL}"})
    score = {"survey": "nps", "kind": "NPS", "score": 9, "answeredAt": "2026-03-02T11:00:00Z", "interaction": CONTACT}
    mutate(admin, "recordSurveyResponse", {**score, "customer": KEY, "comment": COMMENT})
    mutate(admin, "recordSurveyResponse", {**score, "score": 2, "comment": f"{ANSWER} nobody named"})
    mutate(admin, "recordOrder", {"externalId": ORDER, "customer": KEY, "orderedAt": AT, "amount": "5", })  # fmt: skip
    events = ("customer,touchpoint,occurred_at,attributes", f'{KEY},checkout,{AT},"{{""said"": ""{HAPPENED}""}}"')
    assert send_file(admin, brand, "touchpoint-events", *events)["accepted"] == 1
    lines = ("external_id,name,country", f"{KEY},{REJECTED},XX", f"{KEY},x,{QUOTED}")
    assert send_file(admin, brand, "customers", *lines)["rejected"] == 2
    assert send_file(admin, brand, "customers", HEADER, KEY)["state"] == "FAILED"
    _plant_identity(admin, brand)
    _plant_promises(admin, brand)


def _plant_identity(admin: Asker, brand: BrandRef) -> None:
    """Tell of the customer under another name, with what came in under that before it was merged."""
    mutate(admin, "recordCustomer", {"externalId": OTHER_KEY, "email": OTHER_EMAIL})
    allowed = {"externalId": CONSENT, "customer": OTHER_KEY, "purpose": "SURVEYS", "granted": True, "at": AT}
    mutate(admin, "recordConsent", allowed)
    with brand_tx(brand):
        keys = dict(Customer.objects.values_list("external_id", "pk"))
    both = {"survivor": KEY, "merged": OTHER_KEY}
    mutate(admin, "mergeCustomers", {role: global_id("Customer", keys[key]) for role, key in both.items()})


def _plant_promises(admin: Asker, brand: BrandRef) -> None:
    """Tell of hand-offs, one of a contact that never came, and of a promise that somebody says was kept."""
    department(admin)
    promise(admin, "care")
    handed = {"customer": KEY, "fromDepartment": "shop", "toDepartment": "depot", "handedAt": AT}
    mutate(admin, "recordHandoff", {**handed, "externalId": HANDOFF, "interaction": CONTACT})
    mutate(admin, "recordHandoff", {**handed, "externalId": "another", "interaction": CONTACT_TO_COME})
    with brand_tx(brand):
        cited = global_id("Interaction", Interaction.objects.get(external_id=CONTACT).pk)
    mutate(admin, "recordPromiseOutcome", {"promise": "care", "evidence": cited, "outcome": "KEPT", "note": NOTE})


def found(brand: BrandRef, log: list[logging.LogRecord]) -> dict[str, set[str]]:
    """Look for the markers, as they are and in hexadecimal digits; return where each was found."""
    places: dict[str, set[str]] = {}
    for place, text in [*_tables(brand), *_files(), *_cache(), ("log", repr([vars(record) for record in log]))]:
        for marker in MARKERS:
            if marker in text or marker.encode().hex() in text:
                places.setdefault(marker, set()).add(place)
    return places


def _tables(brand: BrandRef) -> list[tuple[str, str]]:
    with brand_tx(brand):
        rows = _rows_of(brand.schema)
    with shared_tx():
        return rows + _rows_of("shared")


def _rows_of(schema: str) -> list[tuple[str, str]]:
    found = []
    with sql() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename <> 'django_migrations'", [schema]
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{schema}"."{table}" t')
            found += [(table, row) for (row,) in cursor.fetchall()]
    assert found
    return found


def _files() -> list[tuple[str, str]]:
    paths = [path for path in Path(settings.CX_DATA_DIR).rglob("*") if path.is_file()]
    return [("files", f"{path} {path.read_bytes().decode(errors='replace')}") for path in paths]


def _cache() -> list[tuple[str, str]]:
    client = redis.Redis.from_url(settings.CACHE_URL)
    return [("cache", repr((key, _value(client, key)))) for key in client.scan_iter()]


def _value(client: Any, key: bytes) -> Any:
    kind = client.type(key)
    if kind == b"hash":
        return client.hgetall(key)
    if kind == b"list":
        return client.lrange(key, 0, -1)
    if kind == b"zset":
        return client.zrange(key, 0, -1)
    return client.smembers(key) if kind == b"set" else client.get(key)
