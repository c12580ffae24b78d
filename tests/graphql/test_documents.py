"""Prepared documents: made once, and never more of them than are kept."""

import pytest

from cxplatform.graphql import documents
from cxplatform.graphql.documents import Documents
from cxplatform.graphql.errors import DocumentRefused
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.schema import served_schema


@pytest.fixture
def prepared() -> Documents:
    return Documents(served_schema())


def test_a_document_is_prepared_once(prepared: Documents) -> None:
    assert prepared.prepare("{ me { name } }", None) is prepared.prepare("{ me { name } }", None)


def test_the_number_kept_is_bounded(prepared: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_KEPT_DOCUMENTS", 3)
    first = prepared.prepare("{ me { name } } #", None)

    for number in range(5):
        prepared.prepare(f"{{ me {{ name }} }} # {number}", None)

    assert len(prepared._kept) == 3
    assert prepared.prepare("{ me { name } } #", None) is not first


def test_the_text_kept_is_bounded(prepared: Documents, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_KEPT_CHARACTERS", 10_000)

    for number in range(20):
        prepared.prepare(f"{{ me {{ name }} }} # {number} " + "x" * 2_000, None)

    assert prepared._characters == sum(len(text) for text, _ in prepared._kept)
    assert prepared._characters <= 10_000


def test_a_refused_document_is_not_kept(prepared: Documents) -> None:
    with pytest.raises(DocumentRefused):
        prepared.prepare("{ unknown }", None)

    assert len(prepared._kept) == 0


@pytest.mark.parametrize(
    ("text", "planes"),
    [
        ("{ __typename }", {Plane.VIEWER}),
        ("{ me { name } brands { totalCount } }", {Plane.VIEWER}),
        (
            "{ ... on Query { ...F } } fragment F on Query { surveys { totalCount } me { name } }",
            {Plane.VIEWER, Plane.BRAND},
        ),
        ('{ node(id: "x") { id } }', {Plane.NODE}),
        ('mutation { revokeApiKey(input: {id: "x"}) { apiKey { id } } }', {Plane.SHARED}),
        ('subscription { importJobProgressed(id: "x") { state } }', {Plane.BRAND}),
    ],
)
def test_an_operation_knows_its_planes(prepared: Documents, text: str, planes: set[Plane]) -> None:
    assert prepared.prepare(text, None).planes == planes
