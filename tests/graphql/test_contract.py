"""The schema keeps what it promised: every type, field, argument and value, with its very type."""

from collections.abc import Iterator
from typing import Any

from graphql import parse, print_ast, print_schema

from cxplatform.graphql.schema import served_schema
from tests.graphql import contract


def _places(sdl: str) -> dict[str, str]:
    """Map every place of a schema to what stands there."""
    return {place: stands for definition in parse(sdl).definitions for place, stands in _places_of(definition)}


def _places_of(definition: Any) -> Iterator[tuple[str, str]]:
    name = getattr(definition, "name", None)
    if name is None:
        return
    yield name.value, definition.kind
    for value in getattr(definition, "values", None) or ():
        yield f"{name.value}.{value.name.value}", "value"
    for member in getattr(definition, "types", None) or ():
        yield f"{name.value}.{member.name.value}", "member"
    for field in getattr(definition, "fields", None) or ():
        yield f"{name.value}.{field.name.value}", _type_and_default(field)
        for argument in getattr(field, "arguments", None) or ():
            yield f"{name.value}.{field.name.value}({argument.name.value})", _type_and_default(argument)


def _type_and_default(declared: Any) -> str:
    default = getattr(declared, "default_value", None)
    # A default of null says no more than that the value may be left out.
    given = f" = {print_ast(default)}" if default is not None and print_ast(default) != "null" else ""
    return print_ast(declared.type) + given


SERVED = _places(print_schema(served_schema().core))
PROMISED = _places(contract.METRIC_SURFACE)


def test_the_metric_surface_is_what_was_promised() -> None:
    assert {place: SERVED.get(place) for place in PROMISED} == PROMISED


def test_lists_are_filtered_ordered_and_paged_as_was_promised() -> None:
    promised = _places(contract.LIST_SURFACE)

    assert {place: SERVED.get(place) for place in promised} == promised


def test_metrics_have_the_keys_that_were_promised() -> None:
    served = {place.partition(".")[2] for place in SERVED if place.startswith("MetricKey.")}

    assert served <= set(contract.METRIC_KEYS.split())
    assert {"VOLUME", "FCR_REPEAT", "AHT", "SERVICE_LEVEL", "CSAT", "NPS"} <= served


def test_the_root_fields_that_were_promised_are_there() -> None:
    promised = {f"{root}.{name}" for root, names in contract.ROOT_FIELDS.items() for name in names.split()}

    assert promised - SERVED.keys() == set()
