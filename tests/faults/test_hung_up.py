"""A connection the server hung up on while it rested is opened anew, and nobody is told."""

import os

import psycopg
from django.db import close_old_connections

from apps.customers.models import Customer
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, read, sql
from tests import cluster


def _backend(brand: BrandRef) -> int:
    with brand_tx(brand, read_only=True), sql() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        found: int = cursor.fetchone()[0]
        return found


def test_a_request_after_the_server_hung_up_gets_a_connection_that_works(committed: None, acme: BrandRef) -> None:
    first = _backend(acme)
    with psycopg.connect(os.environ[cluster.ADMIN], autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [first])

    close_old_connections()  # what Django does when a request begins

    assert _backend(acme) != first


def test_a_connection_that_works_is_kept(committed: None, acme: BrandRef) -> None:
    first = _backend(acme)

    close_old_connections()

    assert _backend(acme) == first


def test_a_door_that_is_held_goes_on_at_the_next_connection(committed: None, acme: BrandRef) -> None:
    first = _backend(acme)
    with psycopg.connect(os.environ[cluster.ADMIN], autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    close_old_connections()

    with brand_tx(acme, read_only=True):
        ((second, role),) = read("SELECT pg_backend_pid(), current_setting('role')", [])
        # Through the ORM, for which the door is gone into.
        assert Customer.objects.count() == 0
        assert read("SELECT pg_backend_pid(), current_setting('role')", []) == [(second, role)]

    assert second != first
    assert role == acme.schema
