"""Every program of the product, with exactly the settings it may know."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from config.demo.choices import Choices
from config.demo.probes import answers_http, answers_pings, logs
from config.demo.servers import ServerUrls
from cxplatform.embedded.ports import LOOPBACK
from cxplatform.embedded.private_files import passwords
from cxplatform.embedded.supervisor import Program

_WEB_WORKERS = 2
# Well above CX_IMPORT_UPLOADS_AT_ONCE, so that uploads leave threads to everybody else.
_WEB_THREADS = 8
_TASKS_AT_ONCE = 2


class Programs:
    """Build the programs for one start of the demo."""

    def __init__(self, choices: Choices, urls: ServerUrls, environ: Mapping[str, str]) -> None:
        self._choices = choices
        self._urls = urls
        secrets = passwords(choices.data_dir / "secrets.json", "SECRET_KEY", "CX_KEY_PEPPER")
        defaults = secrets | {
            "DJANGO_SETTINGS_MODULE": "config.settings.development",
            "PYTHONUNBUFFERED": "1",
        }
        given = {name: value for name, value in environ.items() if value and name not in _FOR_SOME_ONLY}
        self._env = {
            **defaults,
            **given,
            "PORT": str(choices.port),
            "LIVE_PORT": str(choices.live_port),
            "CX_DATA_DIR": str(choices.data_dir),
            "BROKER_URL": urls.broker,
            "CACHE_URL": urls.cache,
        }
        self._as_app = self._env | {"DATABASE_URL": urls.database}
        self._as_owner = self._as_app | {"DATABASE_OWNER_URL": urls.database_owner}

    @property
    def operator_env(self) -> Mapping[str, str]:
        """What whoever runs a command beside the demo needs: all of it."""
        return self._as_owner

    def prepare(self) -> Program:
        """Migrations and demo data, run to their end."""
        return Program("prepare", [sys.executable, "-m", "config.demo.prepare"], self._as_owner)

    def web(self) -> Program:
        """GraphQL and imports: synchronous, so a few threads in each process."""
        argv = [sys.executable, "-m", "config.web", *_served_at(self._choices.port)]
        argv += [f"--workers={_WEB_WORKERS}", f"--blocking-threads={_WEB_THREADS}"]
        env = self._as_app | {"PROMETHEUS_MULTIPROC_DIR": str(self._emptied("web-metrics"))}
        return Program("web", argv, env, answers_http(self._choices.port))

    def _emptied(self, name: str) -> Path:
        """Return a folder with nothing of an earlier start in it."""
        folder = self._choices.data_dir / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        return folder

    def live(self) -> Program:
        """Live results: one asynchronous process for all open streams."""
        argv = [sys.executable, "-m", "granian", "--interface=asginl", *_served_at(self._choices.live_port)]
        argv += ["--workers=1", "config.asgi:application"]
        return Program("live", argv, self._as_app, answers_http(self._choices.live_port))

    def worker(self) -> Program:
        """Short tasks; makes brands, so it is the one server that knows the owner."""
        return self._worker("worker", "celery", self._as_owner)

    def importer(self) -> Program:
        """Brands' jobs: imports, which take long."""
        return self._worker("importer", "jobs", self._as_app)

    def _worker(self, name: str, queue: str, env: Mapping[str, str]) -> Program:
        options = [f"--queues={queue}", f"--hostname={name}@demo", f"--concurrency={_TASKS_AT_ONCE}"]
        argv = _celery("config.celery", "worker", "--pool=prefork", *options, *_ALONE)
        return Program(name, argv, env, answers_pings(self._urls.broker, f"{name}@demo"))

    def beat(self) -> Program:
        """The scheduler, which needs the broker alone."""
        # No pid file: after a kill it would be stale and refuse the next start.
        argv = _celery("config.clock", "beat", f"--schedule={self._choices.data_dir / 'beat-schedule'}", "--pidfile=")
        return Program("beat", argv, self._env, logs("beat: Starting", self._choices.log_dir / "beat.log"))


_FOR_SOME_ONLY = {"DATABASE_URL", "DATABASE_OWNER_URL"}
# These have nobody to greet; asking around would cost their start a second.
_ALONE = ("--without-mingle", "--without-gossip")


def _served_at(port: int) -> list[str]:
    # A worker told to stop while it is still importing never hears it.
    return [f"--host={LOOPBACK}", f"--port={port}", "--workers-kill-timeout=5"]


def _celery(app: str, command: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "celery", "-A", app, command, "--loglevel=INFO", *options]
