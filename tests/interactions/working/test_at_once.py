"""Many at once: each contact is won by one, and nobody gets more than fits, whoever takes, pushes or is killed."""

import random
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connections

from apps.interactions import commands
from apps.interactions.commands.assigning import push_to
from apps.interactions.models import Agent, InteractionEvent, Queue, QueueAssignment, Work
from apps.interactions.models.work import IN_HAND
from apps.interactions.work.pushing import push_waiting
from cxplatform.errors import Conflict
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests import cluster
from tests.interactions.working.rows import START, agent, at, contact, queue, take, viewer

CONTACTS, AGENTS, CAPACITY = 200, 20, 10


@pytest.fixture
def agents(committed: None, acme: BrandRef) -> list[Any]:
    """Let 30 contacts wait for 20 agents who may have ten each."""
    with brand_tx(acme):
        let_wait(queue(assignment=QueueAssignment.PUSH), range(30))
        return [agent(f"agent {number:02}", capacity=CAPACITY).id for number in range(AGENTS)]


def let_wait(where: Queue, numbers: Iterable[int]) -> None:
    for number in numbers:
        contact(f"{number}", where, minutes=number / 60)


def in_threads(work: Any, given: list[Any], threads: int = AGENTS) -> list[Any]:
    """Do it for each at once, each thread with a connection of its own."""

    def one(each: Any) -> Any:
        try:
            return work(each)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, given))


def answered() -> list[tuple[str, Any]]:
    return list(InteractionEvent.objects.filter(kind="ANSWERED").values_list("interaction_external_id", "agent"))


def in_hand() -> Counter[Any]:
    return Counter(Work.objects.filter(state__in=IN_HAND).values_list("agent", flat=True))


def test_two_hundred_contacts_are_taken_by_twenty_agents_each_once(acme: BrandRef, agents: list[Any]) -> None:
    def take_all(agent_id: Any) -> list[str]:
        taken = []
        with suppress(Conflict):
            while True:
                with brand_tx(acme):
                    its = commands.take_next(actor=viewer(), agent_id=agent_id, now=at(10))
                if its is None:
                    break
                taken.append(its.key[1])
        return taken

    with brand_tx(acme):
        let_wait(Queue.objects.get(), range(30, CONTACTS))
    taken = [external_id for each in in_threads(take_all, agents) for external_id in each]

    assert sorted(taken, key=int) == [str(number) for number in range(CONTACTS)]
    with brand_tx(acme):
        assert len(answered()) == CONTACTS
        assert in_hand() == dict.fromkeys(agents, CAPACITY)


def test_those_who_ask_for_the_same_one_by_hand_get_it_once(acme: BrandRef, agents: list[Any]) -> None:
    with brand_tx(acme):
        wanted = Work.objects.order_by("since").values_list("interaction", flat=True)[0]

    def assign(agent_id: Any) -> bool:
        with suppress(Conflict), brand_tx(acme):
            commands.assign_interaction(actor=viewer(), interaction_id=wanted, agent_id=agent_id, now=at(10))
            return True
        return False

    assert in_threads(assign, agents).count(True) == 1
    with brand_tx(acme):
        assert len(answered()) == 1


def test_pushing_and_taking_and_assigning_at_once_give_each_once_and_nobody_too_much(
    acme: BrandRef, agents: list[Any]
) -> None:
    with brand_tx(acme):
        Agent.objects.update(capacity=2)

    def act(number: int) -> None:
        chance = random.Random(number)
        agent_id = chance.choice(agents)
        with suppress(Conflict):
            if number % 10 == 0:
                push_waiting(acme)
            elif number % 3 == 0:
                with brand_tx(acme):
                    row = chance.choice(Work.objects.values_list("id", "interaction"))
                    push_to(agent_id, row[0], now=at(10))
            elif number % 3 == 1:
                with brand_tx(acme):
                    row = chance.choice(Work.objects.values_list("id", "interaction"))
                    commands.assign_interaction(actor=viewer(), interaction_id=row[1], agent_id=agent_id, now=at(10))
            else:
                with brand_tx(acme):
                    commands.take_next(actor=viewer(), agent_id=agent_id, now=at(10))

    in_threads(act, list(range(150)))

    with brand_tx(acme):
        assert max(Counter(key for key, _ in answered()).values()) == 1
        assert max(in_hand().values()) == 2
        assert sum(in_hand().values()) == len(answered())


def test_handing_on_in_a_circle_waits_for_nobody_in_a_circle(acme: BrandRef, agents: list[Any]) -> None:
    with brand_tx(acme):
        for agent_id in agents[:4]:
            take(Agent.objects.get(pk=agent_id), 10)
        held = dict(Work.objects.filter(state="ACTIVE").values_list("agent", "interaction"))

    def hand_on(number: int) -> str:
        order = agents[:4] if number % 2 else agents[3::-1]
        giver, receiver = order[number % 4], order[(number + 1) % 4]
        try:
            with brand_tx(acme):
                commands.transfer_interaction(
                    actor=viewer(), interaction_id=held[giver], consult=True, agent_id=receiver, now=at(11)
                )
        except Conflict:
            return "refused"
        return "done"

    assert set(in_threads(hand_on, list(range(40)), threads=8)) <= {"done", "refused"}
    with brand_tx(acme):
        assert Work.objects.filter(state="ACTIVE").count() == 4


def test_a_worker_killed_before_its_commit_gives_nothing_away(acme: BrandRef, agents: list[Any]) -> None:
    def take_and_die() -> None:
        with brand_tx(acme):
            assert take(Agent.objects.get(pk=agents[0]), 10) == "0"
            with connections["default"].cursor() as cursor, psycopg.connect(cluster.url(cluster.ADMIN)) as admin:
                cursor.execute("SELECT pg_backend_pid()")
                admin.execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
            Agent.objects.count()

    with pytest.raises(OperationalError):
        take_and_die()
    connections.close_all()

    with brand_tx(acme):
        assert (answered(), in_hand()) == ([], {})
        assert take(Agent.objects.get(pk=agents[1]), 11) == "0"


def test_who_finds_a_contact_locked_takes_the_next_and_does_not_wait(acme: BrandRef, agents: list[Any]) -> None:
    def take_second(agent_id: Any) -> str | None:
        with brand_tx(acme):
            return take(Agent.objects.get(pk=agent_id), 10)

    with brand_tx(acme):
        first = take(Agent.objects.get(pk=agents[0]), 10)
        second = in_threads(take_second, [agents[1]], threads=1)

    assert (first, second) == ("0", ["1"])
    assert at(10) > START
