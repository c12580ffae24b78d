"""A task works in the brand its header names; without one it is rejected, not run at shared."""

import pytest

from apps.accounts.models import Brand
from config.celery import app
from cxplatform.ids import uuid7
from cxplatform.tenancy.doors import brand_tx, current_brand, shared_tx
from cxplatform.tenancy.scope import SecondBrand
from cxplatform.tenancy.tasks import HEADER, BrandMissing, BrandTask, SharedTask
from tests.isolation.conftest import name_of_c1


@app.task(name="tests.read_name")
def read_name() -> str | None:
    return name_of_c1()


@app.task(name="tests.fail_inside")
def fail_inside() -> None:
    raise ZeroDivisionError


@app.task(name="tests.own_doors", bind=True, own_doors=True)
def read_through_own_doors(self, other=None) -> str | None:
    with brand_tx(self.brand):
        name = name_of_c1()
    if other is not None:
        with brand_tx(other):
            pass
    return name


@app.task(name="tests.shared", base=SharedTask)
def count_brands() -> int:
    with shared_tx():
        return Brand.objects.count()


def run(task, brand, *args):
    return task.apply(args=args, headers={HEADER: str(brand.id)}, throw=True).get()


def test_every_task_is_a_brand_task_unless_it_says_otherwise():
    assert isinstance(read_name, BrandTask)


def test_a_task_sees_the_brand_of_its_header(twins):
    acme, globex = twins

    assert [run(read_name, brand) for brand in (acme, globex, acme)] == ["acme", "globex", "acme"]


def test_a_task_with_doors_of_its_own_sees_the_brand_of_its_header(twins):
    acme, globex = twins

    assert [run(read_through_own_doors, brand) for brand in (acme, globex)] == ["acme", "globex"]


def test_a_task_may_open_no_second_brand(twins):
    acme, globex = twins

    with pytest.raises(SecondBrand):
        run(read_through_own_doors, acme, globex)


def test_a_failed_task_leaves_no_brand_behind(twins):
    acme, globex = twins
    with pytest.raises(ZeroDivisionError):
        run(fail_inside, acme)

    assert run(read_name, globex) == "globex"
    with pytest.raises(Exception, match="No brand's door"):
        current_brand()


def test_a_task_without_a_brand_is_not_sent(twins):
    with pytest.raises(BrandMissing):
        read_name.delay()
    with pytest.raises(BrandMissing):
        read_name.apply_async(headers={"other": "1"})


def test_a_task_that_came_without_a_brand_is_rejected(twins):
    with pytest.raises(BrandMissing):
        read_name.apply(throw=True).get()


def test_a_task_of_an_unknown_brand_is_ignored(twins):
    result = read_name.apply(headers={HEADER: str(uuid7())})

    assert result.state == "IGNORED"


def test_a_task_of_a_suspended_brand_is_ignored(twins):
    acme, _ = twins
    with shared_tx():
        Brand.objects.filter(pk=acme.id).update(status="SUSPENDED")

    result = read_name.apply(headers={HEADER: str(acme.id)})

    assert result.state == "IGNORED"


def test_a_shared_task_says_so(twins):
    assert count_brands.apply(throw=True).get() == 2
