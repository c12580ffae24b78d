import pytest

from apps.accounts.permissions import Role
from tests import cluster
from tests.isolation.api import world


@pytest.fixture(scope="module")
def twins(django_db_setup, django_db_blocker):
    """Fill both brands once for all tests here: what they compare is the other brand, which none may change."""
    brands = (cluster.ACME, cluster.GLOBEX)
    with django_db_blocker.unblock():
        for brand in brands:
            world.fill(brand)
        yield brands
        cluster.empty_tables()


@pytest.fixture(scope="module")
def people(twins):
    return {(role, brand.slug): world.person(role, brand) for brand in twins for role in Role}
