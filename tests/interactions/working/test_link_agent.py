"""Which agent a member is, said by the operator."""

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.permissions import Role
from apps.interactions.models import Agent
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.audit.conftest import trail
from tests.graphql.conftest import MakeAsker, asker
from tests.graphql.test_working import SET_STATE

__all__ = ["asker"]  # the fixture


def test_a_linked_member_speaks_for_its_agent(asker: MakeAsker, acme: BrandRef) -> None:
    me = asker(Role.AGENT)

    call_command("link_agent", "agent1@example.com", "acme", "ann")
    call_command("link_agent", "agent1@example.com", "acme", "ann")

    told = me.data(SET_STATE, {"input": {"state": "AVAILABLE"}})["setAgentState"]
    assert told["agent"] == {"key": "ann"}
    # The second time changed nothing, and reached into the brand all the same.
    by_operator = [event.action for event in trail(acme) if event.actor_name == "operator"]
    assert by_operator == ["access", "link_agent", "access"]


def test_what_is_wrong_is_one_clear_line_and_nothing_is_written(
    asker: MakeAsker, acme: BrandRef, globex: BrandRef
) -> None:
    asker(Role.AGENT)
    asker(Role.AGENT)
    call_command("link_agent", "agent1@example.com", "acme", "ann")

    for email, slug, key, message in (
        ("agent2@example.com", "acme", "ann", "agent: This agent is somebody else"),
        ("agent1@example.com", "acme", "bob", "email: This member is another agent"),
        ("agent1@example.com", "globex", "ann", "brand: agent1@example.com may not work in globex"),
        ("nobody@example.com", "acme", "ann", "email: There is no member"),
        ("agent2@example.com", "acme", " ", "agent: A key has 1 to 100"),
    ):
        with pytest.raises(CommandError, match=message):
            call_command("link_agent", email, slug, key)

    with brand_tx(acme):
        assert [each.key for each in Agent.objects.exclude(member_id=None)] == ["ann"]
        assert not Agent.objects.filter(key="bob").exists()
    with brand_tx(globex):
        assert not Agent.objects.exists()
