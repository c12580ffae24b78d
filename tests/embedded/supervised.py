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
            ready = log_dir / f"{name}.ready"
            supervisor.start(
                Program(name, ["/bin/sh", "-c", text], dict(os.environ), ready.exists, 3.0, grace_seconds=1.0)
            )
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
