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


def test_servers_hold_their_schema_out_of_the_collectors_sight(db: None) -> None:
    told = subprocess.run(
        [sys.executable, "-c", LOADED], env=cluster.process_environment(), capture_output=True, text=True, check=True
    )

    assert told.stdout.split() == ["True", "True", "1"]
