"""Contacts pushed by a real worker that is killed (-9) in the middle: each is given once, or waits still."""

import subprocess
import sys
from collections import Counter

import pytest
from kombu import Connection

from apps.interactions.models import InteractionEvent, QueueAssignment, Work
from apps.interactions.models.work import WorkState
from apps.interactions.tasks import push
from apps.interactions.work.pushing import push_waiting, something_waits
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.tasks import HEADER
from tests import cluster
from tests.flows.programs import broker_of, eventually, worker
from tests.interactions.working.rows import agent, contact, queue

CONTACTS, CAPACITY, KILLED = 5, 3, -9


@pytest.fixture
def waiting(committed: None, acme: BrandRef, worker_id: str) -> BrandRef:
    """Let five contacts wait for two agents who may have three each, and tell a worker."""
    with brand_tx(acme):
        where = queue(assignment=QueueAssignment.PUSH)
        for number in range(CONTACTS):
            contact(f"{number}", where)
        for name in ("ann", "ben"):
            agent(name, capacity=CAPACITY)
    with Connection(broker_of(worker_id)) as connection:
        connection.default_channel.queue_purge("celery")
        push.apply_async(headers={HEADER: str(acme.id)}, connection=connection)
    return acme


def answered(brand: BrandRef) -> int:
    with brand_tx(brand, read_only=True):
        return InteractionEvent.objects.filter(kind="ANSWERED").count()


def given(brand: BrandRef) -> list[int]:
    """Return how often each contact was given, as events tell it; work and agents' hands say the same."""
    with brand_tx(brand, read_only=True):
        told = InteractionEvent.objects.filter(kind="ANSWERED").values_list("interaction_external_id", "agent")
        answered = dict(told)
        assert dict(Work.objects.filter(state="ACTIVE").values_list("interaction__external_id", "agent")) == answered
        assert Work.objects.filter(state=WorkState.QUEUED).count() == CONTACTS - len(answered)
        assert max(Counter(answered.values()).values(), default=0) <= CAPACITY
        return sorted(Counter(key for key, _ in told).values())


def test_what_a_killed_worker_had_not_committed_waits_and_the_next_gives_it_once(
    waiting: BrandRef, worker_id: str
) -> None:
    options = ["--pool=solo", "--without-mingle", "--without-gossip", "--without-heartbeat", "--loglevel=ERROR"]
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--queues=celery", *options]
    environment = cluster.process_environment() | {"BROKER_URL": broker_of(worker_id), "CX_FAULT": "push-given:3"}

    assert subprocess.run(command, env=environment, timeout=120).returncode == KILLED
    before = given(waiting)
    with brand_tx(waiting, read_only=True):
        assert something_waits()
    push_waiting(waiting)

    assert (before, given(waiting)) == ([1, 1], [1] * CONTACTS)


def test_the_message_of_a_killed_process_goes_to_the_next_and_all_are_given_once(
    waiting: BrandRef, worker_id: str
) -> None:
    # Each process is killed when it has given two, before it says that it is done.
    with worker(worker_id, queues="celery", CX_FAULT="push-committed:2"):
        # Counted alone: what else is told is of another moment while it is being given.
        eventually(lambda: answered(waiting) == CONTACTS, seconds=120)

    assert given(waiting) == [1] * CONTACTS
