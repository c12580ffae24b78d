"""What is put on the timeline is whole: it has an index to be read from, and tests that know it."""

import pytest

from apps.customers.graphql.timeline.sources import source_of, sources, timeline_source
from cxplatform.graphql.schema import served_schema
from tests.graphql.timeline.test_walking import KINDS, TYPES


def test_the_enum_the_union_and_the_tests_know_every_source() -> None:
    types = served_schema().core.type_map

    assert {source.kind for source in sources()} == set(KINDS) == set(types["TimelineKind"].values)  # type: ignore[attr-defined]
    assert {each.name for each in types["TimelineWhat"].types} == set(TYPES.values())  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if TYPES[kind] != "Customer"])
def test_each_source_is_read_from_an_index_of_customer_moment_and_id(kind: str) -> None:
    """Those of the customer itself are found by its key."""
    assert served_schema()
    source = source_of(kind)
    model = source.node.model()
    wanted = [model._meta.get_field(name).name for name in (source.customer.removesuffix("_id"), source.moment, "id")]

    whole = [list(index.fields) for index in model._meta.indexes if index.condition is None]

    assert wanted in whole


def test_nothing_is_put_on_it_once_the_schema_is_made() -> None:
    assert served_schema()
    order = source_of("ORDER")

    for kind in ("ORDER", "ANOTHER"):
        with pytest.raises(ValueError, match=kind):
            timeline_source(kind, order.node, "ordered_at", "Too late.")
