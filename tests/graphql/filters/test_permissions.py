"""Nobody learns by a filter or an order what it may not read."""

from collections.abc import Iterator
from typing import Any

import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import Asker, MakeAsker, codes
from tests.graphql.rows import Survey, agent, answer_to, customer, interaction


@pytest.fixture
def me(asker: MakeAsker, acme: BrandRef) -> Asker:
    """The agent `me`: handled `mine`, of Ann; `theirs`, of Bob, is another's, and so is its answer."""
    made = asker(Role.AGENT)
    with brand_tx(acme):
        ann, bob = customer("ann", name="Ann", segment="gold"), customer("bob", name="Bob", segment="tin")
        survey = Survey.objects.create(key="s", kind="CSAT", scope="TRANSACTIONAL")
        for name, who, whose in (("mine", agent("me", made.member_id), ann), ("theirs", agent("other"), bob)):
            interaction(name, agent=who, customer=whose, subject="Subject", text="Text")
            answer_to(survey, name, 5, customer=bob, interaction_external_id=name, comment="Comment")
    return made


def _ask(who: Asker, root: str, type_name: str, where: dict[str, Any]) -> Any:
    document = f"query($where: {type_name}) {{ {root}(where: $where) {{ totalCount nodes {{ externalId }} }} }}"
    return who.ask(document, {"where": where})


def _probes() -> Iterator[tuple[str, str, dict[str, Any]]]:
    personal: dict[str, Any] = {"contains": "a"}, {"eq": "Ann"}, {"isNull": True}  # type: ignore[assignment]
    for how in personal:
        for name in ("name", "email", "phone"):
            yield "customers", "CustomerWhere", {name: how}
        for name in ("subject", "text"):
            yield "interactions", "InteractionWhere", {name: how}
        yield "surveyResponses", "SurveyResponseWhere", {"comment": how}
    yield "customers", "CustomerWhere", {"OR": [{"NOT": {"AND": [{"name": {"oneOf": ["Ann"]}}]}}]}
    yield "interactions", "InteractionWhere", {"customer": {"name": {"contains": "A"}}}
    yield "surveyResponses", "SurveyResponseWhere", {"interaction": {"customer": {"email": {"isNull": False}}}}
    # Whose answers these are is for whoever looks at agents one by one.
    for agents in ({"eq": "me"}, {"isNull": True}, {"oneOf": []}):
        yield "interactions", "InteractionWhere", {"agent": agents}
        yield "surveyResponses", "SurveyResponseWhere", {"interaction": {"agent": agents}}


PROBES = list(_probes())


@pytest.mark.parametrize(("root", "type_name", "where"), PROBES)
def test_an_analyst_filters_by_nothing_it_may_not_read(
    asker: MakeAsker, me: Asker, root: str, type_name: str, where: dict[str, Any]
) -> None:
    answer = _ask(asker(Role.ANALYST), root, type_name, where)

    assert answer["data"] == {root: None}
    assert set(codes(answer)) == {"FORBIDDEN"}


@pytest.mark.parametrize(("root", "type_name", "where"), PROBES)
def test_whoever_may_read_it_may_filter_by_it(
    admin: Asker, me: Asker, root: str, type_name: str, where: dict[str, Any]
) -> None:
    assert "errors" not in _ask(admin, root, type_name, where)


def test_an_analyst_filters_by_what_it_may_read(asker: MakeAsker, me: Asker) -> None:
    where = {"customer": {"segment": {"eq": "gold"}}, "channel": {"eq": "PHONE"}}

    answer = _ask(asker(Role.ANALYST), "interactions", "InteractionWhere", where)

    assert answer["data"]["interactions"] == {"totalCount": 1, "nodes": [{"externalId": "mine"}]}


@pytest.mark.parametrize(
    ("root", "type_name", "where", "expected"),
    [
        ("interactions", "InteractionWhere", {"OR": [{}, {"agent": {"eq": "other"}}]}, ["mine"]),
        ("interactions", "InteractionWhere", {"agent": {"eq": "other"}}, []),
        ("interactions", "InteractionWhere", {"NOT": {"agent": {"eq": "me"}}}, []),
        ("interactions", "InteractionWhere", {"customer": {"name": {"eq": "Bob"}}}, []),
        ("customers", "CustomerWhere", {"NOT": {"name": {"eq": "Ann"}}}, []),
        ("surveyResponses", "SurveyResponseWhere", {"interaction": {}}, ["mine"]),
        # The answer to its own contact names Bob, whom it does not serve: nothing of him is told.
        ("surveyResponses", "SurveyResponseWhere", {"customer": {"name": {"eq": "Bob"}}}, []),
        ("surveyResponses", "SurveyResponseWhere", {"customer": {}}, []),
    ],
)
def test_an_agent_finds_its_own_work_alone(
    me: Asker, root: str, type_name: str, where: dict[str, Any], expected: list[str]
) -> None:
    page = _ask(me, root, type_name, where)["data"][root]

    assert [node["externalId"] for node in page["nodes"]] == expected
    assert page["totalCount"] == len(expected)


def test_a_viewer_filters_no_rows(asker: MakeAsker, me: Asker) -> None:
    answer = _ask(asker(Role.VIEWER), "interactions", "InteractionWhere", {"channel": {"eq": "PHONE"}})

    assert (answer["data"], codes(answer)) == ({"interactions": None}, ["FORBIDDEN"])
