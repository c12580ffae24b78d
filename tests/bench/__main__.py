"""`make bench`: servers and a database of its own, the benchmarks, their tables; `ROWS=200000` for fewer contacts."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from tests import cluster


@contextmanager
def servers() -> Iterator[None]:
    """Run durable servers with an empty database, and set Django up on them."""
    try:
        cluster.start(durable=True)
        os.environ.update(
            DJANGO_SETTINGS_MODULE="config.settings.test",
            LOG_LEVEL="WARNING",
            CX_THROTTLE="off",
            CX_DATA_DIR=str(Path(os.environ[cluster.FOLDER], "data")),
            BROKER_URL=os.environ[cluster.VALKEY],
            CACHE_URL=os.environ[cluster.VALKEY],
        )
        import django

        django.setup()
        import config.celery  # noqa: F401  # the application that wake-ups go through

        with cluster.database_of("bench"):
            yield
    finally:
        cluster.stop()


def main() -> int:
    started = time.monotonic()
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the start. Medians of runs in turns;", end=" ")
    print("server: all of PostgreSQL's processes; peer / ours above 1: we cost less.\n", flush=True)
    with servers():
        from tests.bench import running
        from tests.bench.sizes import FULL

        sizes = replace(FULL, interactions=int(os.environ.get("ROWS", FULL.interactions)))
        for table in running.tables(cluster.ACME, cluster.GLOBEX, sizes):
            print(table if isinstance(table, str) else table.text(), flush=True)
    # These want empty tables; each fails when somebody was told what is another brand's, or was not answered.
    for name in ("live", "flood"):
        subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=True)
    print(f"Took {time.monotonic() - started:.0f} s; load {os.getloadavg()[0]:.1f} at the end.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
