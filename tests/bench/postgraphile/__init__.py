"""PostGraphile 5 as a peer: installed by npm into a folder of its own, run as one process on the filled brand."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cxplatform.tenancy.brand import BrandRef
from tests import cluster
from tests.bench.serving import free_port, listening

VERSION = "5.1.5"
# It asks for a newer Node than most systems have; npm brings it.
NODE = "22.23.3"
_FOLDER = Path(__file__).resolve().parents[3] / ".tools" / f"postgraphile-{VERSION}"
_SERVER = "server.mjs"
# The same page as ours, by the names PostGraphile gives tables; the same rows, fields and order.
PAGE = """query {
  interactions: allInteractionsInteractions(first: 50, orderBy: [OPENED_AT_DESC, PRIMARY_KEY_DESC]) {
    nodes {
      id externalId channel direction openedAt priority waitSeconds answered resolved resolvedAt talkSeconds transfers
      subject customer: customersCustomerByCustomerId { id externalId name segment }
      surveyResponses(first: 5) { nodes { id kind score answeredAt comment } }
    }
    pageInfo { hasNextPage }
  }
}"""


def missing() -> str | None:
    """Say what this machine lacks to run it; None: nothing."""
    return None if shutil.which("npm") else "npm is not installed"


def install() -> None:
    """Install it once; the folder is kept between runs."""
    if (_FOLDER / "node_modules" / "postgraphile").is_dir():
        return
    _FOLDER.mkdir(parents=True, exist_ok=True)
    (_FOLDER / "package.json").write_text('{"private": true}')
    npm = ["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", f"postgraphile@{VERSION}", f"node@{NODE}"]
    subprocess.run(npm, cwd=_FOLDER, check=True, timeout=600, stdout=sys.stderr)


@contextmanager
def served(brand: BrandRef, database: str, *, door: bool) -> Iterator[tuple[int, int]]:
    """Serve the brand's schema, without any check of a key; the process and its port.

    With a `door` each request is one transaction as the brand's role, as ours is; else it reads as the schema's owner.
    """
    install()
    shutil.copy(Path(__file__).with_name(_SERVER), _FOLDER / _SERVER)
    port = free_port()
    argv = [
        str(_FOLDER / "node_modules" / ".bin" / "node"),
        _SERVER,
        cluster.url(cluster.APP if door else cluster.OWNER, database),
        brand.schema,
        str(port),
        "role" if door else "bare",
    ]
    with listening(argv, port, cwd=_FOLDER, env={"GRAPHILE_ENV": "production", "NODE_ENV": "production"}) as pid:
        yield pid, port
