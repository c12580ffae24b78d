"""Every subscription of the schema, looked at with another brand's key, as the live process would."""

import json

import pytest

from apps.accounts.permissions import Role
from cxplatform.graphql.live.bound import Credential
from cxplatform.graphql.live.looks import Look, look, look_again
from cxplatform.graphql.requests import GraphQLRequest
from cxplatform.tenancy.brand import BrandRef
from tests.isolation.api.asking import SCHEMA, found_in, ids_of_nodes, write
from tests.isolation.api.world import Person

assert SCHEMA.subscription_type is not None
SUBSCRIPTIONS = sorted(SCHEMA.subscription_type.fields)
# What a subscription is about: its argument, and the type of the id it takes.
ABOUT = {
    "importJobProgressed": ("id", "ImportJob"),
    "interactionUpdated": ("id", "Interaction"),
    "queueChanged": ("queue", "Queue"),
}


def about(name: str, brand: BrandRef) -> list[dict[str, str]]:
    """List what to give a subscription, for each of the brand's objects that it could be about."""
    argument, kind = ABOUT.get(name, ("", ""))
    given = [{argument: identity} for known, identity in ids_of_nodes(brand) if known == kind]
    return given or [{}]


def look_at(name: str, who: Person, brand: str, **texts: str) -> Look:
    asked = write("subscription", name, **texts)
    return look(GraphQLRequest(asked.document, asked.variables, None), Credential(f"Bearer {who.token}", brand, None))


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
def test_a_subscription_shows_nothing_of_another_brand(people, twins, foreign, name):
    given_by_turns = about(name, twins[1])

    for role in Role:
        for given in given_by_turns:
            seen = look_at(name, people[role, "acme"], "acme", **given)

            not_given = [text for text in foreign if text not in given.values()]
            assert found_in(json.loads(seen.body), not_given) == []
            assert all(topic.startswith(twins[0].schema) for topic in seen.topics)


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
def test_a_subscription_of_a_chosen_other_brand_answers_as_for_an_unknown_one(people, twins, name):
    for role in Role:
        who = people[role, "acme"]

        other, unknown = (look_at(name, who, brand).body for brand in ("globex", "no-such-brand"))

        assert other == unknown


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
def test_the_generated_subscriptions_really_look(people, twins, name):
    """Guard the guard: with its own key and id the same documents see something."""
    own = about(name, twins[1])[0]

    seen = look_at(name, people[Role.BRAND_ADMIN, "globex"], "globex", **own)

    assert (seen.refused, seen.errors) == (False, [])


@pytest.mark.parametrize("name", SUBSCRIPTIONS)
def test_whoever_looks_together_with_others_sees_what_it_sees_alone(people, twins, name):
    asked = write("subscription", name, **about(name, twins[0])[0])
    request = GraphQLRequest(asked.document, asked.variables, None)
    everybody = [Credential(f"Bearer {people[role, 'acme'].token}", "acme").bind() for role in Role]
    alone = {who: look_again(request, [who])[who] for who in everybody}

    for order in (everybody, everybody[::-1]):
        together = look_again(request, order)

        assert together == {who: alone[who] for who in order if who in together}
