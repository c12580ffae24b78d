"""How much of everything the benchmarks do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts of rows, rounds and repetitions; the defaults are what `make bench` reports."""

    imported: int = 50_000
    imported_customers: int = 15_000
    interactions: int = 1_000_000
    customers: int = 100_000
    import_rounds: int = 3
    metric_rounds: int = 3
    rollup_reads: int = 40
    # Counting a year of a million rows takes seconds.
    row_reads: int = 1
    request_rounds: int = 5
    requests: int = 100
    # By a few clients at once, over HTTP: a round is two seconds.
    http_requests: int = 1_000
    http_rounds: int = 9
    events: int = 50_000
    # What happened to the customer whose timeline is read, and how many others there are.
    told: int = 5_000
    told_of_others: int = 500_000
    freshened: int = 30_000
    # Whether a worker and a live process are run beside: seconds each to start.
    processes: bool = True
    # Whether programs of others are installed and run: minutes, the first time.
    peers: bool = True


FULL = Sizes()
SMALL = Sizes(
    imported=60,
    imported_customers=20,
    interactions=200,
    customers=30,
    import_rounds=1,
    metric_rounds=1,
    rollup_reads=1,
    row_reads=1,
    request_rounds=1,
    requests=2,
    events=50,
    told=60,
    told_of_others=20,
    processes=False,
    peers=False,
)
