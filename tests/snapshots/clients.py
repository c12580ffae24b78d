"""The documents of our clients: the TypeScript example's, and those that Relay's compiler is tried with."""

import re
from collections.abc import Iterator
from typing import Any

from graphql import (
    REMOVE,
    ArgumentNode,
    DocumentNode,
    ExecutableDefinitionNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    parse,
    print_ast,
    visit,
)

from tests.node import PROJECT

_TAGGED = re.compile(r"graphql\(?`(.*?)`", re.DOTALL)
_FOLDERS = {"typescript": "examples/typescript/src", "relay": "tests/clients/relay/src"}
_WINDOW = {"from": "2026-03-01T00:00:00-05:00", "to": "2026-04-01T00:00:00-04:00"}


def documents() -> Iterator[tuple[str, OperationDefinitionNode, str]]:
    """List them as a server gets them: a name, the operation, and the document."""
    for client, folder in _FOLDERS.items():
        texts = [text for file in sorted((PROJECT / folder).glob("*.ts")) for text in _TAGGED.findall(file.read_text())]
        written = [node for text in texts for node in parse(text).definitions]
        fragments = {node.name.value: node for node in written if isinstance(node, FragmentDefinitionNode)}
        for node in written:
            if isinstance(node, OperationDefinitionNode) and node.name:
                yield f"{client} {node.name.value}", node, print_ast(_sent(node, fragments))


def variables_of(operation: OperationDefinitionNode, ids: dict[str, list[str]]) -> dict[str, Any]:
    """Return what to give an operation, of all that any of them takes."""
    name = operation.name and operation.name.value
    # One of its own for each: what is known already is not written again.
    contact = {"source": "example", "externalId": name, "channel": "PHONE", "openedAt": _WINDOW["from"]}
    known = {
        "first": 5,
        "count": 5,
        "id": ids["ImportJob" if "Import" in print_ast(operation) else "Interaction"][0],
        "keys": ["VOLUME", "CSAT", "AHT"],
        "window": _WINDOW,
        "input": {**contact, "customer": "c-1", "answered": True},
    }
    taken = {each.variable.name.value for each in operation.variable_definitions or ()}
    return {name: value for name, value in known.items() if name in taken}


def _sent(operation: OperationDefinitionNode, fragments: dict[str, FragmentDefinitionNode]) -> DocumentNode:
    """Do what Relay's compiler does: put what is spread beside the operation, and leave out what it alone reads."""
    defined = {each.variable.name.value for each in operation.variable_definitions or ()}
    parts: dict[str, ExecutableDefinitionNode] = {"": operation}
    seen = _Seen()
    visit(operation, seen)
    while waiting := seen.spread - parts.keys():
        for name in waiting:
            parts[name] = fragments[name]
            visit(fragments[name], seen)
    plain = visit(DocumentNode(definitions=tuple(parts.values())), _OfTheServer(defined))
    used = _Seen()
    visit(plain, used)
    sent: DocumentNode = visit(plain, _OfUse(used.variables))
    return sent


class _Seen(Visitor):
    """What is spread, and the variables that are given to something."""

    def __init__(self) -> None:
        super().__init__()
        self.spread: set[str] = set()
        self.variables: set[str] = set()

    def enter_fragment_spread(self, node: Any, *_: Any) -> None:
        self.spread.add(node.name.value)

    def enter_variable(self, node: VariableNode, key: Any, parent: Any, *_: Any) -> None:
        if not isinstance(parent, VariableDefinitionNode):
            self.variables.add(node.name.value)


class _OfTheServer(Visitor):
    """Leave out directives, which are all Relay's, and arguments of a fragment's that the operation does not give."""

    def __init__(self, defined: set[str]) -> None:
        super().__init__()
        self.defined = defined

    def enter_directive(self, *_: Any) -> Any:
        return REMOVE

    def enter_argument(self, node: ArgumentNode, *_: Any) -> Any:
        lacking = isinstance(node.value, VariableNode) and node.value.name.value not in self.defined
        return REMOVE if lacking else None


class _OfUse(Visitor):
    """Leave out variables that are given to nothing."""

    def __init__(self, used: set[str]) -> None:
        super().__init__()
        self.used = used

    def enter_variable_definition(self, node: VariableDefinitionNode, *_: Any) -> Any:
        return None if node.variable.name.value in self.used else REMOVE
