"""A program of its own that starts PostgreSQL, prints its URLs and waits; for tests that kill it."""

import sys
import time
from pathlib import Path

from cxplatform.embedded import EmbeddedPostgres

if __name__ == "__main__":
    urls = EmbeddedPostgres(Path(sys.argv[1])).start()
    print(urls.owner, flush=True)
    time.sleep(600)
