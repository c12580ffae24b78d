"""`python -m tests.bench.flood`: what a flood of one brand does to another's answers, over HTTP.

Fails when the other brand is not answered every time.
"""

import os
import sys

from tests.bench.__main__ import servers

# As `make demo` runs it; the flood and who measures share the machine with it.
_WORKERS, _THREADS, _SEATS = 2, 8, 6
# A page of fifty every fifth of a second: busy, and within what a key may.
_REQUESTS, _A_SECOND = 100, 5.0
_FLOODERS, _PAUSE_SECONDS = 8, 0.02


def main() -> int:
    with servers():
        from tests import cluster
        from tests.bench.costs import BenchmarkBroken
        from tests.flows.client import client_of
        from tests.flows.flood import Fared, flooded, paced
        from tests.flows.programs import web
        from tests.graphql.rows import page_of_everything

        for brand in (cluster.ACME, cluster.GLOBEX):
            page_of_everything(brand, 50)

        def tell(what: str, fared: Fared) -> None:
            statuses = ", ".join(f"{count} x {status}" for status, count in sorted(fared.statuses.items()))
            p50, p95 = (1_000 * fared.quantile(share) for share in (0.5, 0.95))
            print(f"{what}: {statuses}; p50 {p50:.1f} ms, p95 {p95:.1f} ms", flush=True)

        flooder, innocent = (client_of(brand, "") for brand in (cluster.ACME, cluster.GLOBEX))
        for throttle in ("on", "off"):
            settings = {"CX_THROTTLE": throttle, "CX_BRAND_SEATS": str(_SEATS)}
            with web("bench", workers=_WORKERS, threads=_THREADS, **settings) as address:
                paced(address, innocent.admin, requests=20, a_second=_A_SECOND)
                alone = paced(address, innocent.admin, requests=_REQUESTS, a_second=_A_SECOND)
                flood, beside = flooded(
                    address,
                    [flooder.admin] * _FLOODERS,
                    innocent.admin,
                    requests=_REQUESTS,
                    a_second=_A_SECOND,
                    pause=_PAUSE_SECONDS,
                )
            print(f"\nThrottle {throttle}, load {os.getloadavg()[0]:.1f}")
            tell("  the innocent alone", alone)
            tell("  beside the flood  ", beside)
            tell("  the flood         ", flood)
            print(f"  p95 beside / alone: {beside.quantile(0.95) / alone.quantile(0.95):.2f}", flush=True)
            if not alone.statuses == beside.statuses == {200: _REQUESTS}:
                raise BenchmarkBroken("The innocent was not answered every time.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
