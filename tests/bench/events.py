"""Events through the import job, which derives what they come to, against bare COPY of them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from apps.interactions.models import Interaction, InteractionEvent
from cxplatform.ids import uuid7
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.bench import drawing
from tests.bench.costs import Contender, medians_of
from tests.bench.importing import Peers, empty, load_by_job
from tests.bench.requests import upload
from tests.bench.sizes import Sizes
from tests.bench.tables import Line, Table

_FIRST = datetime(2025, 1, 1, tzinfo=UTC)
_STREAM = (("QUEUED", 0), ("ANSWERED", 20), ("ENDED", 320), ("WRAPPED_UP", 350), ("RESOLVED", 350))
_TABLES = tuple(model._meta.db_table for model in (InteractionEvent, Interaction))


def measure(brand: BrandRef, token: str, sizes: Sizes) -> Table:
    """Load the same events in each way into the same empty table, in turns."""
    contacts = sizes.events // len(_STREAM)
    count = contacts * len(_STREAM)
    csv = drawing.as_csv(_events(contacts))
    peers = Peers(brand, count, InteractionEvent, "at")
    load = partial(load_by_job, brand, upload(token, "/import/interaction-events", csv), count)
    ways = [Contender(load, partial(_contacts_alone, brand, contacts)), Contender(peers.copy, peers.before_copy)]
    ours, copied = medians_of(ways, rounds=sizes.import_rounds)
    empty(brand, *_TABLES)
    return Table(
        f"5. Import of {count:,} events of {contacts:,} contacts: {count / ours.wall:,.0f} rows/s",
        "A CSV file sent to POST /import/interaction-events, stored, queued and run as a job: contacts' durations are\n"
        "derived and stored, and their days marked. Against binary COPY of the finished rows of events into the\n"
        "same table with its indexes and checks, from which nothing is derived.",
        [Line("contacts known, durations derived, against COPY", ours, copied)],
    )


def _contacts_alone(brand: BrandRef, contacts: int) -> None:
    empty(brand, *_TABLES)
    rows = (
        Interaction(
            id=uuid7(), external_id=f"i{n}", channel="PHONE", opened_at=_FIRST + n * timedelta(minutes=10),
        )
        for n in range(contacts)
    )  # fmt: skip
    with brand_tx(brand, statement_timeout_ms=60_000):
        Interaction.objects.bulk_create(rows, batch_size=2_000)


def _events(contacts: int) -> Iterator[dict[str, Any]]:
    for number in range(contacts):
        for kind, second in _STREAM:
            yield {
                "external_id": f"i{number} {kind}",
                "interaction": f"i{number}",
                "kind": kind,
                "at": _FIRST + number * timedelta(minutes=10) + timedelta(seconds=second),
                "agent": f"Agent {number % 80}",
                "queue": f"Queue {number % 12}",
            }
