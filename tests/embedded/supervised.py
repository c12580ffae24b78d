"""A supervisor of dummy programs, run by itself so that tests can signal and kill it.

`python -m tests.embedded.supervised <log dir> <name>=<shell script> ...`; prints READY when all are up.
"""

import os
import sys
from pathlib import Path

from cxplatform.embedded import EmbeddedError
from cxplatform.embedded.supervisor import Program, StopRequestedError, Supervisor


def main(log_dir: Path, scripts: list[str]) -> str:
    with Supervisor(log_dir, Path("/")) as supervisor:
        for script in scripts:
            name, _, text = script.partition("=")
            ready, argv = log_dir / f"{name}.ready", ["/bin/sh", "-c", text]
            # Whoever is to be waited for in vain says so by its name; a busy machine may take its time for others.
            start, grace = 1.0 if name == "late" else 60.0, 1.0 if name in ("stubborn", "parent") else 30.0
            supervisor.start(Program(name, argv, dict(os.environ), ready.exists, start, grace_seconds=grace))
        supervisor.wait_until_ready()
        print("READY", flush=True)
        supervisor.serve()
    return "stopped"


if __name__ == "__main__":
    try:
        print(main(Path(sys.argv[1]), sys.argv[2:]), flush=True)
    except StopRequestedError:
        print("stopped before ready", flush=True)
    except EmbeddedError as error:
        print(error, flush=True)
