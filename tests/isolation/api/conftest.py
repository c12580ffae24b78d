import pytest

from apps.accounts.permissions import Role
from tests import cluster
from tests.isolation.api import world
from tests.isolation.api.asking import ids_of_nodes, markers


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


@pytest.fixture(scope="module")
def theirs(people, twins):
    """List (type, global id) of all that Globex has, once: no test may change it, and those that might look after."""
    return ids_of_nodes(twins[1])


class Watch:
    """What a schema held when it was last looked at: a test looks at its end, where the next one begins."""

    def __init__(self, schema: str) -> None:
        self.schema = schema
        self.held = world.digest(schema)

    def changed(self) -> list[str]:
        """List the tables that are not as they were when this was last asked."""
        before, self.held = self.held, world.digest(self.schema)
        return sorted(table for table in before.keys() | self.held.keys() if before.get(table) != self.held.get(table))


@pytest.fixture(scope="module")
def globex_watched(people, twins):
    return Watch(twins[1].schema)


@pytest.fixture(scope="module")
def foreign(people, twins):
    """List every text and id that only Globex has, once."""
    return markers(twins[1])
