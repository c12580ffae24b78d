"""What an unexpected failure tells the client: an incident's number, and nothing that is not true."""

from typing import Any

import orjson
import pytest
from django.db import OperationalError, connections, transaction

from apps.accounts.permissions import Role
from apps.customers.graphql.types import Customer
from apps.customers.models import Customer as Row
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, codes
from tests.live.conftest import person

SECRET = "the password is swordfish"


def _raise(error: Exception) -> Any:
    def broken(*_args: Any, **_kwargs: Any) -> Any:
        raise error

    return broken


def _break_the_transaction(*_args: Any, **_kwargs: Any) -> Any:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1 / 0")


def test_an_unexpected_error_shows_its_incident_and_no_word_of_itself(
    admin: Asker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Customer, "get_queryset", _raise(RuntimeError(SECRET)))

    response = admin.post(b'{"query": "{ customers { totalCount } me { role } }"}')

    answer = orjson.loads(response.content)
    assert response.status_code == 200
    assert answer["data"] == {"customers": None, "me": {"role": "BRAND_ADMIN"}}
    assert codes(answer) == ["INTERNAL"]
    assert SECRET not in response.content.decode()
    assert answer["errors"][0]["extensions"]["incident"] in caplog.text
    assert SECRET in caplog.text


def test_an_error_outside_of_execution_is_500_and_shows_no_word(admin: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxplatform.graphql.running.OperationExecutor.build", _raise(RuntimeError(SECRET)))

    response = admin.post(b'{"query": "{ me { role } }"}')

    assert response.status_code == 500
    assert codes(orjson.loads(response.content)) == ["INTERNAL"]
    assert SECRET not in response.content.decode()


def test_a_database_that_is_away_is_503(admin: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxplatform.graphql.execution.brand_tx", _raise(OperationalError(SECRET)))

    response = admin.post(b'{"query": "{ customers { totalCount } }"}')

    assert response.status_code == 503
    assert codes(orjson.loads(response.content)) == ["UNAVAILABLE"]
    assert SECRET not in response.content.decode()


def test_a_query_that_breaks_the_transaction_leaves_its_siblings_alone(
    admin: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxplatform.graphql.planner.asked.Asked.write_count", lambda self, out: out.text("1 / 0"))

    answer = admin.ask("{ customers { totalCount } surveys { nodes { key } } }")

    assert answer["data"] == {"customers": None, "surveys": {"nodes": []}}
    assert codes(answer) == ["INTERNAL"]


def test_a_mutation_survives_an_answer_that_cannot_be_read(
    admin: Asker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cxplatform.graphql.pages.Page.total_count", property(_break_the_transaction))

    answer = admin.ask(
        'mutation { recordCustomer(input: {externalId: "c"}) { customer { externalId orders { totalCount } } } }'
    )

    assert answer["data"] == {"recordCustomer": {"customer": {"externalId": "c", "orders": None}}}
    assert codes(answer) == ["INTERNAL"]
    with brand_tx(acme):
        assert list(Row.objects.values_list("external_id", flat=True)) == ["c"]


def test_a_mutation_whose_command_breaks_the_transaction_is_not_said_to_be_done(
    admin: Asker, acme: BrandRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.customers.graphql.mutations.commands.record_customer", _break_the_transaction)

    answer = admin.ask(
        """mutation { recordInteraction(input: {externalId: "i", channel: PHONE, openedAt: "2026-03-02T09:00:00Z"}) {
                        interaction { externalId } }
                      recordCustomer(input: {externalId: "c"}) { customer { externalId } } }"""
    )

    assert answer["data"] == {"recordInteraction": {"interaction": {"externalId": "i"}}, "recordCustomer": None}
    assert codes(answer) == ["INTERNAL"]
    assert admin.data("{ interactions { totalCount } customers { totalCount } }") == {
        "interactions": {"totalCount": 1},
        "customers": {"totalCount": 0},
    }


def test_what_takes_longer_than_a_statement_may_says_to_narrow_it_down(
    committed: None, acme: BrandRef, settings: Any
) -> None:
    admin = Asker(person(acme, Role.BRAND_ADMIN).token)
    settings.CX_STATEMENT_TIMEOUT_MS = 200
    rare = '{ customers(where: {name: {contains: "rare"}}) { nodes { id } } me { role } }'

    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        # Stands for a table so large that it cannot be read in time.
        cursor.execute(f'LOCK TABLE "{acme.schema}".customers_customer')
        answer = admin.ask(rare)

    assert answer["data"] == {"customers": None, "me": {"role": "BRAND_ADMIN"}}
    assert codes(answer) == ["UNAVAILABLE"]
    assert answer["errors"][0]["message"].startswith("This takes longer to find than a request may")
