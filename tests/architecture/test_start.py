"""What every process waits for when it starts."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Only what reckons needs these, and imports them when it first does.
HEAVY = ("numpy",)


def test_setting_up_imports_nothing_heavy() -> None:
    program = f"import django, sys; django.setup(); print([name for name in {HEAVY} if name in sys.modules])"
    environment = {
        **os.environ,
        "SECRET_KEY": "only-for-checks",
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
    }
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert run.stdout.strip() == "[]"
