"""Start everything, serve until asked to stop, stop everything."""

import os
import sys
import time
from collections.abc import Iterable

from config.demo.announcement import announce, say, say_progress
from config.demo.choices import PROJECT, Choices, read_choices
from config.demo.env_file import write_env_file
from config.demo.given import check_given
from config.demo.preflight import check_machine
from config.demo.programs import Programs
from config.demo.servers import start_servers
from cxplatform.embedded import EmbeddedError
from cxplatform.embedded.errors import from_os_error
from cxplatform.embedded.locks import FolderLock
from cxplatform.embedded.parent import stop_with_parent
from cxplatform.embedded.supervisor import Program, StopRequestedError, Supervisor

_FIRST_TIME = "Migrating, and making the demo's brands and a year of data (this first time) ..."


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
            check_given(choices)
            _start(choices, supervisor)
            announce(choices.data_dir / "demo.json", time.monotonic() - began)
            supervisor.serve()
            say("Stopping ...")
    except OSError as error:
        raise from_os_error(error, choices.data_dir) from error
    say("Stopped.")
    return 0


def _start(choices: Choices, supervisor: Supervisor) -> None:
    if choices.servers_to_start:
        say(f"Starting {' and '.join(choices.servers_to_start)} ...")
    programs = Programs(choices, start_servers(choices, supervisor), os.environ)
    write_env_file(choices.data_dir / "env", programs.operator_env)
    web_and_live = (programs.web(), programs.live())
    returning = (choices.data_dir / "demo.json").exists()
    if returning:
        # Their imports take longer than all the rest: let them run beside the migrations. Not the first
        # time, when a visitor who does not wait for READY would find no tables.
        _start_all(web_and_live, supervisor)
    say("Migrating, and looking for the demo's data ..." if returning else _FIRST_TIME)
    supervisor.run(programs.prepare(), on_line=say_progress)
    say("Starting web, live, workers and scheduler ...")
    background = (programs.worker(), programs.importer(), programs.beat())
    _start_all((*background, *(() if returning else web_and_live)), supervisor)
    supervisor.wait_until_ready()


def _start_all(programs: Iterable[Program], supervisor: Supervisor) -> None:
    for program in programs:
        supervisor.start(program)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
