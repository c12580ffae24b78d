"""`python -m tests.bench.working`: the live view of 200 agents and 5,000 open contacts, and taking the next one."""

import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from tests.bench.__main__ import servers

QUEUES, AGENTS, CONTACTS, SKILLS, ROUNDS, AT_ONCE = 30, 200, 5_000, 10, 30, 8
LIVE = {
    "liveQueues": "{ liveQueues { queue { key } waiting longestWaitSeconds inProgress agents { state count } } }",
    "liveQueues with serviceLevel": "{ liveQueues { queue { key } waiting inProgress serviceLevel { value } } }",
    "liveAgents": "{ liveAgents { agent { key } state since work { state since } } }",
}


def main() -> None:
    print(
        f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}: {AGENTS} agents, {CONTACTS:,} contacts, {QUEUES} queues"
    )
    with servers():
        agents = _fill()
        _look()
        _take(agents)


def _fill() -> list[Any]:
    """Let the contacts wait as if they had been enqueued, give half of the agents one, and return the others' ids."""
    from django.db import connections
    from django.utils import timezone

    from apps.interactions import commands
    from apps.interactions.models import Interaction, InteractionEvent, Work
    from apps.interactions.work.rows import MADE_HERE, rank_of
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME
    from tests.interactions.working import rows

    now = timezone.now()
    with brand_tx(ACME, statement_timeout_ms=60_000):
        queues = [rows.queue(f"queue {n:02}", priority=n, asks={f"skill {n % SKILLS}": 2}) for n in range(QUEUES)]
        has = [{f"skill {(n + each) % SKILLS}": 1 + (n + each) % 5 for each in range(4)} for n in range(AGENTS)]
        agents = [rows.agent(f"agent {n:03}", has=skills, capacity=3) for n, skills in enumerate(has)]
        contacts = [Interaction(external_id=f"{n}", channel="CHAT", opened_at=now) for n in range(CONTACTS)]
        Interaction.objects.bulk_create(contacts)
        events, work = [], []
        for number, contact in enumerate(contacts):
            queue, since = queues[number % QUEUES], now + timedelta(milliseconds=number)
            events.append(
                InteractionEvent(
                    external_id=f"{MADE_HERE}{number}", interaction_external_id=contact.external_id, kind="QUEUED",
                    at=since, queue=queue,
                )
            )  # fmt: skip
            rank = rank_of("NORMAL", queue.priority)
            work.append(
                Work(
                    interaction=contact, state="QUEUED", since=since, queue=queue, priority="NORMAL", rank=rank,
                    live=False,
                )
            )  # fmt: skip
        InteractionEvent.objects.bulk_create(events)
        Work.objects.bulk_create(work)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    for agent in agents[: AGENTS // 2]:
        with brand_tx(ACME):
            commands.take_next(actor=rows.viewer(), agent_id=agent.id, now=timezone.now())
    return [agent.id for agent in agents[AGENTS // 2 :]]


def _look() -> None:
    from django.core.handlers.wsgi import WSGIHandler

    from tests.bench.requests import graphql, token_of
    from tests.cluster import ACME

    application, token = WSGIHandler(), token_of(ACME)
    for name, query in LIVE.items():
        print(f"{name}: {_told(lambda asked=query: _ask(application, graphql(token, asked)), ROUNDS)}", flush=True)


def _ask(application: Any, environ: Any) -> None:
    from tests.bench.requests import body_of

    body_of(application, environ())


def _told(work: Callable[[], object], rounds: int) -> str:
    took = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        work()
        took.append(1_000 * (time.perf_counter() - began))
    return f"median {statistics.median(took[1:]):.1f} ms, slowest {max(took[1:]):.1f} ms"


def _take(agents: list[Any]) -> None:
    """Let agents take one each, one after another and then several at once."""
    from django.db import connections
    from django.utils import timezone

    from apps.interactions import commands
    from cxplatform.tenancy.doors import brand_tx
    from tests.cluster import ACME
    from tests.interactions.working.rows import viewer

    def take(agent_id: Any) -> float:
        began = time.perf_counter()
        with brand_tx(ACME):
            assert commands.take_next(actor=viewer(), agent_id=agent_id, now=timezone.now()) is not None
        return 1_000 * (time.perf_counter() - began)

    def take_and_close(part: list[Any]) -> list[float]:
        try:
            return [take(each) for each in part]
        finally:
            connections.close_all()

    alone = [take(each) for each in agents]
    print(f"take the next, one after another: median {statistics.median(alone):.1f} ms", flush=True)
    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(take_and_close, [agents[place::AT_ONCE] for place in range(AT_ONCE)]))
    rate = len(agents) / (time.perf_counter() - began)
    print(f"take the next, {AT_ONCE} at once: {rate:.0f} a second", flush=True)


if __name__ == "__main__":
    main()
