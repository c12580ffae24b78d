import pytest

from tests.graphql.conftest import Asker
from tests.graphql.reasons.trees import make


@pytest.fixture
def billing(admin: Asker) -> dict[str, str]:
    """A small tree: ids by path."""
    billing = make(admin, "Billing")
    refund = make(admin, "Refund", billing)
    return {
        "Billing": billing,
        "Billing/Refund": refund,
        "Billing/Refund/Late": make(admin, "Late", refund),
        "Login": make(admin, "Login"),
    }
