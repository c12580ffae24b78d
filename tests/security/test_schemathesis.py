"""Schemathesis reads the schema and asks what it likes: documents by the schema, and documents against it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.graphql import nodes
from schemathesis.specs.graphql.schemas import GraphQLSchema

from apps.accounts.permissions import Role
from cxplatform.graphql.errors import STATUS_OF_CODE
from tests import cluster
from tests.isolation.api import world
from tests.security.test_every_leaf import FIELDS, HEADERS, OURS, SAID_OF_US

# The same in every run: as much as finds what is wrong in kind in little time.
PATIENT = hypothesis(
    max_examples=4, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
# What schemathesis cannot know of: the scalars of ours, mostly as they should be.
SCALARS = {
    "BigInt": st.integers(-(2**70), 2**70).map(nodes.Int),
    "CurrencyCode": st.sampled_from(["EUR", "USD", "eur", "XXX", ""]).map(nodes.String),
    "Date": st.dates().map(lambda day: nodes.String(day.isoformat())),
    "DateTime": st.datetimes().map(lambda at: nodes.String(f"{at.isoformat()}Z")),
    "Decimal": st.decimals().map(lambda number: nodes.String(str(number))),
    "JSON": st.dictionaries(st.text(), st.text() | st.integers()).map(lambda made: nodes.String(json.dumps(made))),
}
for name, strategy in SCALARS.items():
    schemathesis.graphql.scalar(name, strategy)


@dataclass(frozen=True)
class Asked:
    """The schema as somebody is told it by the application itself, and the headers to ask with."""

    schema: GraphQLSchema
    headers: dict[str, str]


@pytest.fixture(scope="module")
def asked(django_db_setup: None, django_db_blocker: Any) -> Iterator[Asked]:
    """Ask as the provider's administrator, granted one brand: nobody may do more."""
    with django_db_blocker.unblock():
        world.fill(cluster.ACME)
        token = world.person(Role.PROVIDER_ADMIN, cluster.ACME).token
        headers = {"Authorization": f"Bearer {token}", **HEADERS}
        schema = schemathesis.graphql.from_wsgi("/graphql", get_wsgi_application(), headers=headers)
        yield Asked(schema, headers)
        cluster.empty_tables()


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["by", "against"])
@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_what_schemathesis_asks_is_answered_with_the_status_of_its_code(
    asked: Asked, settings: Any, kind: str, name: str, mode: GenerationMode
) -> None:
    settings.CX_THROTTLE = False
    operation = asked.schema[kind.capitalize()][name]

    @PATIENT
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        response = case.call(headers=asked.headers)
        told = response.content.decode()
        answer = json.loads(told)
        codes = [error["extensions"]["code"] for error in answer.get("errors", [])]

        assert OURS.isdisjoint(codes), told
        assert set(codes) <= set(STATUS_OF_CODE), told
        assert response.status_code == (200 if "data" in answer else STATUS_OF_CODE[codes[0]]), told
        assert [word for word in SAID_OF_US if word in told and word not in str(case.body)] == [], told

    ask()


def test_schemathesis_is_told_of_every_field(asked: Asked) -> None:
    told = {result.ok().label for result in asked.schema.get_all_operations()}

    assert told == {f"{kind.capitalize()}.{name}" for kind, name in FIELDS}
