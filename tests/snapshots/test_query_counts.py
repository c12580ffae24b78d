"""How many statements each operation sends, pinned in counts/; and each is carried out, or what is counted is nothing.

`CX_WRITE_SNAPSHOTS=1 make test TESTS=tests/snapshots` writes the files anew; read their diff before committing it.
"""

import json
import os
from pathlib import Path
from typing import Any

from apps.accounts.permissions import Role
from cxplatform.graphql.live.bound import Credential
from cxplatform.graphql.live.looks import look
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.tenancy.brand import BrandRef
from tests import cluster
from tests.audit import test_every_mutation as audited
from tests.bench import graphql as bench
from tests.graphql.conftest import Asker
from tests.isolation.api.asking import write
from tests.isolation.api.test_every_subscription import SUBSCRIPTIONS, about
from tests.snapshots import clients, named, operations
from tests.snapshots.conftest import Member
from tests.snapshots.counting import Counting

_COUNTS = Path(__file__).with_name("counts")
# What is refused all the same, and why it is counted.
_REFUSED = {
    "docs/api.md NotForMe": "shows how a field is refused that a role may not see",
    "docs/api.md Record": "shows what is told of an input that is wrong",
    "subscription surgeStarted": "null at first: it tells of surges that start after it looked",
}


def test_every_query(member: Member, filled: BrandRef) -> None:
    admin, provider, counting = member(Role.BRAND_ADMIN), member(Role.PROVIDER_ADMIN), Counting()

    for name, request in [*operations.of_tests(), *operations.of_queries(named.ids_by_type(filled))]:
        counting.ask(name, admin, *request)
    counting.ask("provider: me", provider, bench.ME, {})
    counting.ask("provider: page", provider, bench.PAGE, {})

    _compare("queries", counting)


def test_every_mutation(member: Member, globex: BrandRef) -> None:
    """Each in a world that holds only what it is about."""
    counting = Counting()

    for name, document in operations.of_mutations():
        asker = member(Role.BRAND_ADMIN if audited.MUTATIONS[name] is Plane.BRAND else Role.PROVIDER_ADMIN)
        given = audited.filled(name, asker, globex)
        counting.ask(f"mutation {name}", asker, document, {"input": given})
        cluster.empty_tables()

    _compare("mutations", counting)


def test_every_subscription_as_it_looks_first(member: Member, filled: BrandRef) -> None:
    admin, counting = member(Role.BRAND_ADMIN), Counting()

    for name in SUBSCRIPTIONS:
        asked = write("subscription", name, **about(name, filled)[0])
        _look(counting, f"subscription {name}", admin, asked.document, asked.variables)

    _compare("subscriptions", counting)


def test_every_example_of_the_docs(member: Member, filled: BrandRef) -> None:
    """In their order, in one world: an example may be about what the one before it made."""
    ids, counting = named.furnish(filled), Counting()
    askers = {"admin": member(Role.BRAND_ADMIN), "analyst": member(Role.ANALYST)}

    for name, example in operations.of_api():
        ask = _look if example.live else Counting.ask
        ask(counting, name, askers[example.role], example.query, example.variables)
    for name, query, variables in operations.of_docs():
        given = named.UNSHOWN.get(name) or json.loads(variables)
        counting.ask(name, askers["admin"], named.filled(query, ids), json.loads(named.filled(json.dumps(given), ids)))

    _compare("docs", counting)


def test_every_document_of_the_clients(member: Member, filled: BrandRef) -> None:
    ids, admin, counting = named.ids_by_type(filled), member(Role.BRAND_ADMIN), Counting()

    for name, operation, document in clients.documents():
        ask = _look if operation.operation.value == "subscription" else Counting.ask
        ask(counting, name, admin, document, clients.variables_of(operation, ids))

    _compare("clients", counting)


def _look(counting: Counting, name: str, asker: Asker, query: str, variables: dict[str, Any]) -> None:
    """Ask as the live process does, without it."""
    bound = Credential(f"Bearer {asker.token}", None, None)
    counting.count(name, asker, lambda: look(GraphQLRequest(query, variables, None), bound).body)


def _compare(part: str, counting: Counting) -> None:
    refused = {name: why for name, why in counting.refused.items() if name not in _REFUSED}
    assert refused == {}
    assert _REFUSED.keys() & counting.counted.keys() == counting.refused.keys()
    file = _COUNTS / f"{part}.json"
    if os.environ.get("CX_WRITE_SNAPSHOTS") == "1":
        file.write_text(json.dumps(counting.counted, indent=2, sort_keys=True) + "\n")
    pinned: dict[str, Any] = json.loads(file.read_text())
    changed = {
        name: f"pinned {pinned.get(name)}, now {counting.counted.get(name)}"
        for name in sorted(pinned.keys() | counting.counted.keys())
        if pinned.get(name) != counting.counted.get(name)
    }
    assert changed == {}
