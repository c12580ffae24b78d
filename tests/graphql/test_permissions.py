"""Who sees what, by role and by key."""

import pytest

from apps.accounts.permissions import Role
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker, codes
from tests.graphql.rows import Survey, agent, answer_to, customer, interaction

LISTS = """{ customers { totalCount } interactions { totalCount } surveyResponses { totalCount }
             surveys { totalCount } importJobs { totalCount } }"""
DRILL = ["customers", "interactions", "surveyResponses"]


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        (Role.PROVIDER_ADMIN, []),
        (Role.SUPERVISOR, []),
        (Role.BRAND_ADMIN, []),
        (Role.ANALYST, ["importJobs"]),
        (Role.AGENT, ["importJobs"]),
        (Role.VIEWER, [*DRILL, "importJobs"]),
    ],
)
def test_each_role_opens_its_own_lists(asker: MakeAsker, role: Role, refused: list[str]) -> None:
    answer = asker(role).ask(LISTS)

    assert [error["path"] for error in answer.get("errors", [])] == [[name] for name in refused]
    assert set(codes(answer)) <= {"FORBIDDEN"}
    assert [name for name, value in answer["data"].items() if value is None] == refused


def test_an_analyst_sees_customers_without_personal_data(asker: MakeAsker, acme: BrandRef) -> None:
    with brand_tx(acme):
        ann = customer("c1", name="Ann", email="ann@example.com", phone="1", segment="gold", attributes={"x": 1})
        interaction("i", customer=ann, subject="my order", text="hello", agent=agent("a1"))
        survey = Survey.objects.create(key="s", kind="CSAT", scope="TRANSACTIONAL")
        answer_to(survey, "a", 5, comment="call me: Ann", interaction_external_id="i")

    answer = asker(Role.ANALYST).ask(
        """{ interactions { nodes { channel subject text agent { key } surveyResponses { nodes { score comment } }
                                    customer { segment name email phone attributes } } } }"""
    )

    node = {
        "channel": "PHONE",
        "subject": None,
        "text": None,
        "agent": None,
        "surveyResponses": {"nodes": [{"score": 5, "comment": None}]},
        "customer": {"segment": "gold", "name": None, "email": None, "phone": None, "attributes": None},
    }
    assert answer["data"] == {"interactions": {"nodes": [node]}}
    assert set(codes(answer)) == {"FORBIDDEN"}
    assert [error["path"][-1] for error in answer["errors"]] == [
        "subject", "text", "agent", "comment", "name", "email", "phone", "attributes",
    ]  # fmt: skip


EVERYTHING = """{
  customers { totalCount nodes {
    externalId name interactions { totalCount nodes { externalId } } surveyResponses { totalCount } } }
  interactions { totalCount nodes { externalId agent { key } } }
  surveyResponses { totalCount nodes { externalId } }
  surveys { nodes { key responses { totalCount nodes { externalId } } } }
}"""


def test_an_agent_sees_its_own_work_and_whom_it_serves(asker: MakeAsker, acme: BrandRef) -> None:
    me = asker(Role.AGENT)
    with brand_tx(acme):
        mine, other = agent("me", me.member_id), agent("other")
        ann, bob = customer("ann", name="Ann"), customer("bob", name="Bob")
        survey = Survey.objects.create(key="s", kind="CSAT", scope="TRANSACTIONAL")
        for number, (who, whose) in enumerate([(mine, ann), (other, ann), (other, bob), (None, bob)]):
            interaction(f"i{number}", agent=who, customer=whose)
            answer_to(survey, f"a{number}", 5, customer=whose, interaction_external_id=f"i{number}")

    assert me.data(EVERYTHING) == {
        "customers": {
            "totalCount": 1,
            "nodes": [
                {
                    "externalId": "ann",
                    "name": "Ann",
                    "interactions": {"totalCount": 1, "nodes": [{"externalId": "i0"}]},
                    "surveyResponses": {"totalCount": 1},
                }
            ],
        },
        "interactions": {"totalCount": 1, "nodes": [{"externalId": "i0", "agent": {"key": "me"}}]},
        "surveyResponses": {"totalCount": 1, "nodes": [{"externalId": "a0"}]},
        "surveys": {"nodes": [{"key": "s", "responses": {"totalCount": 1, "nodes": [{"externalId": "a0"}]}}]},
    }


def test_an_agent_finds_nobody_elses_work_by_id(asker: MakeAsker, admin: object, acme: BrandRef) -> None:
    with brand_tx(acme):
        interaction("i", agent=agent("other"), customer=customer("bob"))
    shown = asker(Role.BRAND_ADMIN).data("{ interactions { nodes { id agent { id } customer { id } } } }")
    node = shown["interactions"]["nodes"][0]
    me = asker(Role.AGENT)

    for identity in (node["id"], node["agent"]["id"], node["customer"]["id"]):
        answer = me.ask("query($id: ID!) { node(id: $id) { id } }", {"id": identity})
        assert (answer["data"], codes(answer)) == ({"node": None}, ["NOT_FOUND"])


RECORD = 'mutation { recordCustomer(input: {externalId: "c"}) { customer { externalId } userErrors { code } } }'


@pytest.mark.parametrize("role", [Role.PROVIDER_ADMIN, Role.SUPERVISOR, Role.AGENT, Role.BRAND_ADMIN])
def test_roles_that_work_may_record(asker: MakeAsker, role: Role) -> None:
    assert asker(role).ask(RECORD)["data"]["recordCustomer"]["userErrors"] == []


@pytest.mark.parametrize(
    ("role", "scope"), [(Role.ANALYST, "FULL"), (Role.VIEWER, "FULL"), (Role.BRAND_ADMIN, "READ"), (Role.AGENT, "READ")]
)
def test_others_and_reading_keys_record_nothing(asker: MakeAsker, role: Role, scope: str) -> None:
    answer = asker(role, scope=scope).ask(RECORD)

    assert answer["data"] == {"recordCustomer": None}
    assert codes(answer) == ["FORBIDDEN"]
    assert asker(Role.BRAND_ADMIN).data("{ customers { totalCount } }") == {"customers": {"totalCount": 0}}
