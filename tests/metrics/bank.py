"""The calls of a bank's call centre in August 1999 (dates relabelled 2010), as interactions."""

import csv
import gzip
from collections.abc import Iterator
from pathlib import Path

from apps.customers.models import Customer
from apps.interactions.models import Agent, Queue, Reason
from cxplatform.ids import uuid7
from cxplatform.tenancy.doors import sql

FILE = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "bank_calls_one_month.csv.gz"
NEVER_QUEUED = "0:00:00"
COLUMNS = """id, source, external_id, created_at, updated_at, channel, direction, opened_at, customer_id, reason_id,
             queue_id, agent_id, wait_seconds, answered, abandoned, talk_seconds, priority, handled_by, transfers"""


def offered_calls() -> Iterator[dict[str, str]]:
    """Yield the calls that reached an agent or gave up in a queue."""
    with gzip.open(FILE, "rt") as lines:
        for row in csv.DictReader(lines):
            if not row["date"].startswith("20"):
                continue
            if row["outcome"] == "AGENT" or (row["outcome"] == "HANG" and row["q_start"] != NEVER_QUEUED):
                yield row


def store_calls() -> int:
    """Store them all in the open door, service type as reason; return how many."""
    calls = list(offered_calls())
    customers = {n: Customer(external_id=n) for n in {call["customer_id"] for call in calls} - {"0", ""}}
    agents = {n: Agent(key=n) for n in {call["server"] for call in calls if call["outcome"] == "AGENT"}}
    reasons = {n: Reason(path=n, name=n) for n in {call["type"] for call in calls}}
    queues = {n: Queue(key=n) for n in reasons}
    for model, made in ((Customer, customers), (Agent, agents), (Reason, reasons), (Queue, queues)):
        model.objects.bulk_create(made.values())  # type: ignore[attr-defined]
    with sql() as cursor, cursor.copy(f"COPY interactions_interaction ({COLUMNS}) FROM STDIN") as copy:
        for number, call in enumerate(calls):
            answered = call["outcome"] == "AGENT"
            moment = f"{call['date']}T{call['vru_entry']:0>8}+00:00"
            customer, reason = customers.get(call["customer_id"]), call["type"]
            copy.write_row(
                (
                    *(uuid7(), "import", str(number), moment, moment, "PHONE", "INBOUND", moment),
                    *(customer and customer.id, reasons[reason].id, queues[reason].id),
                    agents[call["server"]].id if answered else None,
                    *(call["q_time"], answered, not answered, float(call["ser_time"]) or None),
                    *("NORMAL", "HUMAN", 0),
                )
            )
    return len(calls)
