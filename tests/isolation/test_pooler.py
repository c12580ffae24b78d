"""Behind a transaction pooler with two connections, fifty clients of ten brands see no wrong row."""

import os
import pwd
import random
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection, connections
from django.utils import timezone

from apps.accounts.models import Brand
from apps.accounts.provisioning import make_whole
from apps.customers.models import Customer
from cxplatform.embedded.ports import free_port
from cxplatform.ids import uuid7
from cxplatform.tenancy import owner, roles
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, read, shared_tx
from cxplatform.tenancy.kept import Kept, kept_statements
from tests import cluster
from tests.isolation.conftest import name_of_c1
from tests.programs import required

NAME_OF_C1 = "SELECT name FROM customers_customer WHERE external_id = 'c-1'"
CLIENTS, READS_EACH, BRANDS = 50, 200, 10


@contextmanager
def pgbouncer(program: str, database: str) -> Iterator[int]:
    """Run PgBouncer in transaction mode with a pool of two, as an unprivileged user; lend its port."""
    folder = Path(tempfile.mkdtemp(prefix="cxplatform-pgbouncer-"))
    server, port = urlsplit(cluster.url(cluster.APP, database)), free_port()
    (folder / "users.txt").write_text(f'"{server.username}" "{server.password}"\n')
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n{database} = host={server.hostname} port={server.port}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = plain\nauth_file = {folder}/users.txt\npool_mode = transaction\n"
        "default_pool_size = 2\nmax_client_conn = 200\n"
    )
    user = "nobody" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)
        for path in folder.iterdir():
            shutil.chown(path, user)
    group = pwd.getpwnam(user).pw_gid if user else None
    process = subprocess.Popen(
        [program, "-q", str(folder / "pgbouncer.ini")],
        user=user,
        group=group,
        extra_groups=[] if user else None,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(cluster.url(cluster.APP, database), port)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str, port: int) -> None:
    target = urlsplit(url)
    through = target._replace(netloc=f"{target.username}:{target.password}@127.0.0.1:{port}").geturl()
    for _ in range(100):
        try:
            psycopg.connect(through, connect_timeout=10).close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("PgBouncer did not come up")


@pytest.fixture
def ten_brands(committed: None) -> Iterator[list[BrandRef]]:
    brands = []
    for number in range(BRANDS):
        with shared_tx():
            brand = Brand.objects.create(
                id=uuid7(), slug=f"brand-{number}", name=f"Brand {number}", time_zone="UTC", locale="en",
                currency="USD", created_at=timezone.now(),
            )  # fmt: skip
        make_whole(brand.id, now=timezone.now())
        with brand_tx(brand.ref()):
            Customer.objects.create(external_id="c-1", name=brand.slug)
        brands.append(brand.ref())
    yield brands
    # One at a time: a schema's tables are as many locks.
    for brand in brands:
        with owner.owner_tx("shared") as cursor:
            roles.drop_schema(cursor, brand.schema)


def _client(brands: list[BrandRef], seed: int, wrong: list[str], right: list[int]) -> None:
    draw = random.Random(seed)
    try:
        for _ in range(READS_EACH):
            brand = draw.choice(brands)
            try:
                with brand_tx(brand, read_only=draw.random() < 0.5):
                    # Sent with its door, if that is read-only; half of them then go in all the same.
                    ((name,),) = read(NAME_OF_C1, [], Kept.PLANNED)
                    if name == brand.slug and draw.random() < 0.5:
                        name = name_of_c1()
                    if draw.random() < 0.1:
                        raise ZeroDivisionError  # noqa: TRY301  # leaves the door by an error now and then
            except ZeroDivisionError:
                pass
            if kept_statements(connection) is not None:
                wrong.append("statements were kept behind a pooler")
            (right.append(1) if name == brand.slug else wrong.append(f"{brand.slug} saw {name}"))
    except Exception as error:
        wrong.append(repr(error))
    finally:
        connection.close()


def test_fifty_clients_of_ten_brands_behind_a_pool_of_two_read_no_wrong_row(ten_brands):
    settings_dict = connections["default"].settings_dict
    before = {key: settings_dict[key] for key in ("HOST", "PORT")}
    wrong: list[str] = []
    right: list[int] = []
    with pgbouncer(required("pgbouncer"), settings_dict["NAME"]) as port:
        settings_dict.update(HOST="127.0.0.1", PORT=port)
        try:
            connections["default"].close()
            threads = [
                threading.Thread(target=_client, args=(ten_brands, seed, wrong, right)) for seed in range(CLIENTS)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(timeout=120)
        finally:
            connections["default"].close()
            settings_dict.update(before)

    assert wrong == []
    assert sum(right) == CLIENTS * READS_EACH
