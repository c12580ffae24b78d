"""A unit of work opens one brand; a lazy queryset cannot be carried into a second one."""

import pytest

from apps.customers.models import Customer
from cxplatform.tenancy.doors import brand_tx, shared_tx
from cxplatform.tenancy.scope import SecondBrand, unit_of_work


def test_a_second_brand_in_one_unit_of_work_raises(twins):
    acme, globex = twins

    with unit_of_work():
        with brand_tx(acme):
            lazy = Customer.objects.all()
        with pytest.raises(SecondBrand), brand_tx(globex):
            list(lazy)


def test_the_same_brand_may_be_opened_again_and_so_may_the_shared_plane(twins):
    acme, _ = twins

    with unit_of_work():
        with shared_tx():
            pass
        with brand_tx(acme):
            pass
        with brand_tx(acme):
            assert Customer.objects.count() == 1


def test_a_unit_inside_a_unit_is_the_same_unit(twins):
    acme, globex = twins

    with unit_of_work():
        with brand_tx(acme):
            pass
        with unit_of_work(), pytest.raises(SecondBrand), brand_tx(globex):
            pass
