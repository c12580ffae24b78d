"""Operations written from the schema by introspection, sent with somebody's token, and what their answers show."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from django.test import Client

from cxplatform.graphql.global_ids import global_id
from cxplatform.graphql.schema import served_schema
from cxplatform.ids import uuid7
from tests.isolation.api import world
from tests.isolation.api.documents import Operation, Values, codes_of, gist, operation, together
from tests.isolation.api.several import given_at_once

SCALARS: dict[str, Any] = {
    "String": "x", "Int": 1, "Float": 0.5, "Boolean": True, "ID": global_id("Customer", uuid7()), "Decimal": "1.50",
    "DateTime": "2026-03-02T10:00:00-05:00", "Date": "2026-03-02", "JSON": {"a": 1}, "CurrencyCode": "EUR",
    "CountryCode": "US", "UUID": str(uuid7()),
}  # fmt: skip
# Inputs whose meaning the type does not tell: a whole window, a score in range, a zone.
BY_NAME: dict[str, Any] = {
    "from": "2026-03-01T00:00:00-05:00", "to": "2026-04-01T00:00:00-04:00", "timeZone": "UTC", "slug": "new-brand",
    "locale": "en", "country": "US", "currency": "EUR", "score": 9, "email": "a@b.example",
    "version": None, "language": "en", "definition": "ZENDESK_ONE_TOUCH",
    "ours": "LEFT_OUT", "theirs": "ABOVE", "opens": "09:00", "closes": "17:00", "holidays": "US",
    "endsBefore": "2026-04-01",
}  # fmt: skip
SCHEMA = served_schema().core
QUERIES = sorted(SCHEMA.query_type.fields)
MUTATIONS = sorted(SCHEMA.mutation_type.fields)


def values(**texts: Any) -> Values:
    return Values(SCALARS, texts, {key: value for key, value in BY_NAME.items() if value is not None})


def send(operation: Operation, token: str, brand: str | None = None) -> tuple[int, Any]:
    """Send an operation and return status and body. Nothing sent here may be our fault, whatever else it is."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
    if brand is not None:
        headers["X-Brand"] = brand
    response = Client().post(
        "/graphql",
        json.dumps({"query": operation.document, "variables": operation.variables}),
        content_type="application/json",
        headers=headers,
    )
    body = json.loads(response.content)
    # What is left to spend changes from one request to the next, whatever was asked.
    body.get("extensions", {}).get("cost", {}).pop("throttle", None)
    # What was executed answers 200, whatever became of its fields.
    assert {"INTERNAL", "UNAVAILABLE"}.isdisjoint(codes_of(body)), response.content
    assert response.status_code < 500, response.content
    return response.status_code, body


def write(
    kind: str,
    name: str,
    *,
    only: str | None = None,
    shown: str | None = None,
    enums: dict[str, str] | None = None,
    **texts: Any,
) -> Operation:
    if kind == "query" and "first" in SCHEMA.query_type.fields[name].args:
        # A quarter of a usual page: with everything below each row a whole one costs more than an operation may.
        texts = {"first": 5, **texts}
    made = values(**texts)
    made.enums = enums or {}
    return operation(SCHEMA, kind, name, made, only=only, shown=shown)


def answers(kind: str, name: str, asked: Sequence[Mapping[str, Any]], token: str) -> list[str]:
    """Ask one root field with each of these texts, as many in one operation as it may hold; return each answer as JSON.

    Under `enums` a text may have what to choose for enums. Of a list only which rows there are is asked.
    """
    found: list[str] = []
    while len(found) < len(asked):
        some = asked[len(found) : len(found) + _at_once.get((kind, name), MOST_AT_ONCE)]
        body = send(all_of(kind, name, some), token)[1]
        if len(some) > 1 and not body.get("data"):
            # Too much for one operation, or one of them is refused before anything is looked at.
            _at_once[kind, name] = len(some) // 2
            continue
        found += (_answer_of(f"a{number}", body) for number in range(len(some)))
    return found


# As many aliases as an operation may have, and one less.
MOST_AT_ONCE = 29
# Of fields that cost more than an operation may when asked so often: how often they may be.
_at_once: dict[tuple[str, str], int] = {}


def answers_of_each(
    kind: str, name: str, path: str, texts: Sequence[str], *, token: str, choices: Sequence[dict[str, str]] = ({},)
) -> list[list[str]]:
    """Ask with each of these texts for one input, by each choice of enums; return what was answered to each choice.

    A filter is given many texts at once, and finds what any of them finds. Where that is refused, each is given alone
    as well, for what is wrong with the first would hide the rest.
    """
    at_once = list(given_at_once(SCHEMA, kind, name, path, texts)) if len(texts) > 1 else []
    alone = [{path: text} for text in texts]
    found = _answers_by(kind, name, at_once, choices, token)
    refused = [number for number, told in enumerate(found) if not at_once or any(map(_REFUSAL.search, told))]
    again = _answers_by(kind, name, alone, [choices[number] for number in refused], token)
    for number, told in zip(refused, again, strict=True):
        found[number] += told
    return found


def _answers_by(
    kind: str, name: str, given: list[dict[str, Any]], choices: Sequence[dict[str, str]], token: str
) -> list[list[str]]:
    told = answers(kind, name, [{"enums": chosen, **each} for chosen in choices for each in given], token)
    return [told[number * len(given) :][: len(given)] for number in range(len(choices))]


# In an answer's errors, or a mutation's own.
_REFUSAL = re.compile(r'"(errors|userErrors)": \[\{')


def all_of(kind: str, name: str, asked: Sequence[Mapping[str, Any]]) -> Operation:
    return together(SCHEMA, kind, name, list(_valued(kind, name, asked)), _gist(kind, name))


@cache
def _gist(kind: str, name: str) -> str:
    return gist(SCHEMA, kind, name)


def _valued(kind: str, name: str, asked: Sequence[Mapping[str, Any]]) -> Iterator[Values]:
    paged = kind == "query" and "first" in SCHEMA.query_type.fields[name].args
    for texts in asked:
        made = values(**{**({"first": 5} if paged else {}), **{key: texts[key] for key in texts if key != "enums"}})
        made.enums = texts.get("enums", {})
        yield made


def _answer_of(alias: str, body: Any) -> str:
    errors = [
        {"path": error.get("path", [])[1:], "message": error["message"], "extensions": error.get("extensions")}
        for error in body.get("errors", ())
        if error.get("path", [alias])[0] == alias
    ]
    return json.dumps({"data": (body.get("data") or {}).get(alias), **({"errors": errors} if errors else {})})


# Types that are named otherwise than their tables.
_MODELS = {"SurveyQuestion": "Question"}


def ids_of_nodes(brand) -> list[tuple[str, str]]:
    """List (type, global id) of every object of the brand that the schema has a type for."""
    by_model = world.ids_in(brand)
    types = served_schema().nodes
    return [(name, global_id(name, key)) for name in sorted(types) for key in by_model.get(_MODELS.get(name, name), [])]


def markers(brand) -> list[str]:
    """List every text and id that only this brand has."""
    keys = [str(key) for keys in world.ids_in(brand).values() for key in keys if len(str(key)) > 30]
    encoded = [identity for _, identity in ids_of_nodes(brand)]
    return [f"only-in-{brand.slug}", *keys, *encoded]


def found_in(body: Any, texts: list[str]) -> list[str]:
    content = json.dumps(body)
    return [text for text in texts if text in content]
