"""Tests: tests/conftest.py starts the embedded servers and fills in the databases."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
# A test gets a folder of its own; nothing is ever written to this one.
os.environ.setdefault("CX_DATA_DIR", "/nonexistent/cxplatform-tests")
os.environ.setdefault("DATABASE_URL", "postgres://app_login:unset@127.0.0.1:1/unset")
os.environ.setdefault("DATABASE_OWNER_URL", "postgres://cx_owner:unset@127.0.0.1:1/unset")
os.environ.setdefault("BROKER_URL", "memory://")
os.environ.setdefault("EMAIL_URL", "memorymail://")
# Tests ask faster than anybody may; those of the throttle turn it on.
os.environ.setdefault("CX_THROTTLE", "off")
os.environ.setdefault("CX_BRAND_SEATS", "100")

from config.settings.base import *  # noqa: F403  # after the environment is set; settings layer by star import

ALLOWED_HOSTS = ["*"]
# All tests of a process come from one address, and some ask from many threads at once.
CX_THROTTLE_ADDRESS_ATTEMPTS = 100_000
