"""The scheduler knows what is due by name, and nothing else of the product."""

import subprocess
import sys

from config.celery import app as product
from tests import cluster

CLOCK = """
import sys
from config.clock import app
app.loader.init_worker()
for entry in app.conf.beat_schedule.values():
    print(entry["task"])
ours = [name for name in sys.modules if name.startswith(("apps.", "cxplatform."))]
print([name for name in ours if name.startswith("apps.") or "models" in name])
"""


def test_the_clock_sends_tasks_of_the_product_and_loads_no_models(db: None) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CLOCK], env=cluster.process_environment(), capture_output=True, text=True, check=True
    )
    *due, models = done.stdout.splitlines()

    product.loader.import_default_modules()
    assert due
    assert set(due) <= set(product.tasks)
    assert models == "[]"
