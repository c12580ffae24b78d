"""Tests: tests/conftest.py starts the embedded servers and fills in the databases."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("CX_DATA_DIR", tempfile.mkdtemp(prefix="cxplatform-test-"))
os.environ.setdefault("DATABASE_URL", "postgres://app_login:unset@127.0.0.1:1/unset")
os.environ.setdefault("DATABASE_OWNER_URL", "postgres://cx_owner:unset@127.0.0.1:1/unset")
os.environ.setdefault("BROKER_URL", "memory://")

from config.settings.base import *  # noqa: F403  # after the environment is set; settings layer by star import

ALLOWED_HOSTS = ["*"]
