"""All that is held of somebody is handed out, to whoever may have it, and nothing of anybody else."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts.permissions import Role
from apps.customers.commands import privacy
from apps.customers.models import Customer
from cxplatform.graphql.global_ids import global_id
from cxplatform.ids import uuid7
from cxplatform.privacy.catalogue import about_people
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.audit.conftest import trail
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.isolation.api import world
from tests.privacy.planted import KEY, MARKERS, OLD_NAME, REJECTED, found, mutate, plant

pytestmark = pytest.mark.django_db
EXPORT = """mutation ($id: ID!) {
  exportCustomer(input: {id: $id}) { export { at tables { name rows } } userErrors { code message } } }"""


def customer_of(brand: BrandRef, key: str = KEY) -> Any:
    with brand_tx(brand):
        return Customer.objects.get(external_id=key).pk


def export(asker: Asker, customer: Any) -> dict[str, list[dict[str, Any]]]:
    made = asker.data(EXPORT, {"id": global_id("Customer", customer)})["exportCustomer"]
    assert made["userErrors"] == []
    return {table["name"]: table["rows"] for table in made["export"]["tables"]}


def test_one_call_hands_out_what_every_table_holds_of_somebody(asker: MakeAsker, acme: BrandRef) -> None:
    admin = asker(Role.BRAND_ADMIN)
    plant(admin, acme)
    mutate(admin, "recordCustomer", {"externalId": "other", "name": "Bo"})
    untold = {"files", "imports_importjob", "jobs_job"}
    held_elsewhere = {marker for marker, places in found(acme, []).items() if places <= untold}

    tables = export(admin, customer_of(acme))

    text = orjson.dumps(tables).decode()
    # What was rejected is nobody's, as far as anybody can tell.
    assert {marker for marker in MARKERS if marker not in text} == {OLD_NAME} | held_elsewhere
    assert REJECTED in held_elsewhere
    passing = ("AuditEvent", "CaseMark", "StageMark")
    assert {name: len(rows) for name, rows in tables.items() if name not in passing} == {
        "Customer": 1, "Interaction": 2, "InteractionEvent": 2, "Message": 1, "MediaReference": 1, "Order": 1,
        "SurveyResponse": 2, "TouchpointEvent": 1, "CustomerIdentity": 1, "IdentityChange": 1, "IdentityRow": 1,
        "ConsentRecord": 1, "Handoff": 2, "PromiseStatement": 1, "PromiseOutcome": 1,
    }  # fmt: skip
    assert "Bo" not in text
    (customer,) = tables["Customer"]
    assert (customer["segment"], customer["joined_at"]) == ("gold", "2026-01-02T00:00:00+00:00")
    assert sorted(event["action"] for event in tables["AuditEvent"]) == ["merge_customers", *["record_customer"] * 3]
    assert "actor_name" not in tables["AuditEvent"][0]


def test_no_table_about_people_is_left_out(asker: MakeAsker, acme: BrandRef) -> None:
    admin = asker(Role.BRAND_ADMIN)
    world.fill(acme)
    mutate(admin, "recordCustomer", {"externalId": "c-1", "name": "Ada"})

    tables = export(admin, customer_of(acme, "c-1"))

    assert set(tables) == {its.model.__name__ for its in about_people()}


def test_who_was_given_it_is_in_the_trail(asker: MakeAsker, acme: BrandRef) -> None:
    admin = asker(Role.BRAND_ADMIN)
    mutate(admin, "recordCustomer", {"externalId": "c", "name": "Ada"})

    export(admin, customer_of(acme, "c"))

    event = trail(acme)[-1]
    assert (event.action, event.actor_id, event.after) == ("export_customer", admin.member_id, '{"rows":2}')
    assert event.object_id == str(customer_of(acme, "c"))


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANALYST, Role.VIEWER])
def test_whoever_may_not_export_personal_data_gets_nothing(asker: MakeAsker, acme: BrandRef, role: Role) -> None:
    mutate(asker(Role.BRAND_ADMIN), "recordCustomer", {"externalId": "c", "name": "Ada"})
    before = len(trail(acme))

    answer = asker(role).ask(EXPORT, {"id": global_id("Customer", customer_of(acme, "c"))})

    assert codes(answer) == ["FORBIDDEN"]
    assert "Ada" not in str(answer)
    assert [event.action for event in trail(acme)[before:] if event.action != "access"] == []


def test_another_brands_customer_answers_as_an_unknown_one(asker: MakeAsker, acme: BrandRef, globex: BrandRef) -> None:
    mutate(asker(Role.BRAND_ADMIN, brand=globex), "recordCustomer", {"externalId": "c", "name": "Ada"})
    admin = asker(Role.BRAND_ADMIN)

    foreign = admin.ask(EXPORT, {"id": global_id("Customer", customer_of(globex, "c"))})
    unknown = admin.ask(EXPORT, {"id": global_id("Customer", uuid7())})

    assert codes(foreign) == codes(unknown) == ["NOT_FOUND"]


def test_what_is_too_much_for_an_answer_is_refused_and_written_to_a_file(
    asker: MakeAsker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privacy, "MOST_ROWS", 3)
    monkeypatch.setattr("cxplatform.privacy.exporting._PAGE", 2)
    admin = asker(Role.BRAND_ADMIN)
    with brand_tx(acme):
        customer = Customer.objects.create(external_id="c", name="Ada \u2028 King")
        for number in range(5):
            opened = timezone.now() + timedelta(minutes=number)
            customer.interactions.create(external_id=f"i{number}", channel="CHAT", opened_at=opened)
    said = StringIO()

    refused = admin.data(EXPORT, {"id": global_id("Customer", customer.pk)})["exportCustomer"]
    call_command("export_customer", global_id("Customer", customer.pk), brand="acme", stdout=said)

    assert (refused["export"], [error["code"] for error in refused["userErrors"]]) == (None, ["CONFLICT"])
    lines = [json.loads(line) for line in said.getvalue().strip().split("\n")]
    assert [line["table"] for line in lines] == ["Customer", *["Interaction"] * 5]
    assert {line["external_id"] for line in lines} == {"c", "i0", "i1", "i2", "i3", "i4"}
    assert [event.action for event in trail(acme)] == ["access", "export_customer"]


def test_the_command_knows_no_customer_of_another_brand(acme: BrandRef, globex: BrandRef) -> None:
    with brand_tx(globex):
        customer = Customer.objects.create(external_id="c")

    with pytest.raises(CommandError, match="no such customer"):
        call_command("export_customer", str(customer.pk), brand="acme", stdout=StringIO())
