"""Service levels, promised and told of through the API, written short."""

from typing import Any

from apps.interactions.slas.renewal import renew
from cxplatform.tenancy.brand import BrandRef
from tests.graphql.conftest import Asker

CREATE = """mutation($input: CreateSlaPolicyInput!) { createSlaPolicy(input: $input) {
  policy { id key name retiredAt versions { nodes { number effectiveFrom rank channels priorities queues segments
    calendar { key } targets { measure business seconds { priority seconds } } } } }
  userErrors { code field } } }"""
REVISE = """mutation($input: ReviseSlaPolicyInput!) { reviseSlaPolicy(input: $input) {
  version { number rank } policy { versions { nodes { number } } } userErrors { code field } } }"""
RETIRE = """mutation($input: RetireSlaPolicyInput!) { retireSlaPolicy(input: $input) {
  policy { key retiredAt } userErrors { code field } } }"""
RECORD = """mutation($input: RecordInteractionInput!) { recordInteraction(input: $input) {
  interaction { id } userErrors { code field message } } }"""
TELL = """mutation($input: RecordInteractionEventInput!) { recordInteractionEvent(input: $input) {
  userErrors { code field message } } }"""
SLAS = """{ interactions(orderBy: [{field: OPENED_AT, direction: ASC}]) { nodes { externalId
  slas { nodes { measure number state priority targetSeconds startedAt dueAt pausedAt endedAt
    version { number } } } } } }"""
HOUR = [{"priority": "NORMAL", "seconds": 3_600}, {"priority": "URGENT", "seconds": 600}]
REPLY = {"measure": "FIRST_REPLY", "seconds": HOUR}
RESOLUTION = {"measure": "FIRST_RESOLUTION", "seconds": HOUR}
PROMISED = {"rank": 1, "targets": [REPLY], "effectiveFrom": "2026-01-01T00:00:00Z"}


def promise(asker: Asker, key: str = "mail", **given: Any) -> str:
    made = asker.data(CREATE, {"input": {"key": key, **PROMISED, **given}})["createSlaPolicy"]
    assert made["userErrors"] == []
    identity: str = made["policy"]["id"]
    return identity


def contact(asker: Asker, external_id: str = "c1", opened_at: str = "2026-03-02T09:00:00Z", **given: Any) -> None:
    row = {"externalId": external_id, "channel": "EMAIL", "openedAt": opened_at, **given}
    assert asker.data(RECORD, {"input": row})["recordInteraction"]["userErrors"] == []


def tell(asker: Asker, kind: str, at: str, interaction: str = "c1", **given: Any) -> None:
    moment = at if at.endswith("Z") else f"2026-03-02T{at}Z"
    event = {"interaction": interaction, "kind": kind, "at": moment, **given}
    assert asker.data(TELL, {"input": event})["recordInteractionEvent"]["userErrors"] == []


def renew_all(brand: BrandRef) -> None:
    while renew(brand):
        pass


def targets(asker: Asker, brand: BrandRef, *shown: str) -> dict[str, list[Any]]:
    """Make what is to be made, and show some fields of each contact's targets."""
    renew_all(brand)
    nodes = asker.data(SLAS)["interactions"]["nodes"]
    return {
        node["externalId"]: [tuple(target[name] for name in shown) for target in node["slas"]["nodes"]]
        for node in nodes
    }
