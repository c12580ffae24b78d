"""`python -m tests.bench.alone timeline`: one benchmark by itself; `OTHERS=50000` for fewer other customers."""

import os
import sys
from dataclasses import replace
from importlib import import_module

from tests.bench.__main__ import servers


def main(name: str) -> None:
    print(f"{os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f} at the start", flush=True)
    with servers():
        from tests.bench.requests import token_of
        from tests.bench.sizes import FULL
        from tests.cluster import ACME

        sizes = replace(FULL, told_of_others=int(os.environ.get("OTHERS", FULL.told_of_others)))
        print(import_module(f"tests.bench.{name}").measure(ACME, token_of(ACME), sizes).text())
    print(f"load {os.getloadavg()[0]:.1f} at the end")


if __name__ == "__main__":
    main(sys.argv[1])
