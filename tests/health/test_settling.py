"""What a server has loaded is loaded before it is asked, and is not gone through again and again."""

import subprocess
import sys

from tests import cluster

# The live process loads more than the web process, so its own settling shows in the count.
LOADED = """
import gc
import config.wsgi
web = gc.get_freeze_count()
import config.asgi
from cxplatform.graphql.schema import served_schema
print(web > 100_000, gc.get_freeze_count() > web, served_schema.cache_info().currsize)
"""


# What the processes of the web server find when they are made: granian's command is replaced by a question.
PRELOADED = """
import gc
import config.web
from cxplatform.graphql.schema import served_schema
config.web.entrypoint = lambda: print(gc.get_freeze_count() > 100_000, served_schema.cache_info().currsize)
config.web.main()
"""


def test_web_processes_are_made_of_one_that_has_loaded_the_schema(db: None) -> None:
    assert told_by(PRELOADED).split() == ["True", "1"]


def test_servers_hold_their_schema_out_of_the_collectors_sight(db: None) -> None:
    assert told_by(LOADED).split() == ["True", "True", "1"]


def told_by(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], env=cluster.process_environment(), capture_output=True, text=True, check=True
    )
    return done.stdout
