"""Start everything, serve until asked to stop, stop everything."""

import os
import sys
import time

from config.demo.announcement import announce, say
from config.demo.choices import PROJECT, Choices, read_choices
from config.demo.preflight import check_machine
from config.demo.programs import Programs
from config.demo.servers import start_servers
from cxplatform.embedded import EmbeddedError
from cxplatform.embedded.errors import from_os_error
from cxplatform.embedded.locks import FolderLock
from cxplatform.embedded.parent import stop_with_parent
from cxplatform.embedded.supervisor import StopRequestedError, Supervisor


def main(arguments: list[str]) -> int:
    """Run the demo; `--with-parent`: stop when the starting program ends, however it ends."""
    if "--with-parent" in arguments:
        stop_with_parent()
    try:
        return _run(read_choices(os.environ))
    except StopRequestedError:
        say("Stopped.")
        return 0
    except EmbeddedError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1


def _run(choices: Choices) -> int:
    began = time.monotonic()
    try:
        lock = FolderLock(choices.data_dir / "demo.lock", "the demo")
        lock.acquire()
        with Supervisor(choices.log_dir, PROJECT) as supervisor:
            check_machine(choices)
            _start(choices, supervisor)
            announce(choices.data_dir / "demo.json", time.monotonic() - began)
            supervisor.serve()
            say("Stopping ...")
    except OSError as error:
        raise from_os_error(error, choices.data_dir) from error
    say("Stopped.")
    return 0


def _start(choices: Choices, supervisor: Supervisor) -> None:
    say("Starting PostgreSQL and Valkey ...")
    programs = Programs(choices, start_servers(choices, supervisor), os.environ)
    say("Migrating ...")
    supervisor.run(programs.command("migrate_fleet"))
    say("Making the demo brands and their data, unless they are there ...")
    supervisor.run(programs.command("demo_data"))
    say("Starting web, live, worker and scheduler ...")
    for program in (programs.worker(), programs.beat(), programs.web(), programs.live()):
        supervisor.start(program)
    supervisor.wait_until_ready()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
