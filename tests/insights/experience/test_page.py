"""docs/experience.md does what it says: each of its examples is answered."""

import pytest

from apps.accounts.permissions import Role
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.brand import BrandRef
from tests.graphql.conftest import MakeAsker, asker
from tests.insights.experience.brand import content, dana, names, told
from tests.insights.experience.test_journey_quality import mapped
from tests.snapshots.operations import of_docs

__all__ = ["asker"]

pytestmark = pytest.mark.django_db
EXAMPLES = [(name, query) for name, query, _ in of_docs() if name.startswith("docs/experience.md")]


def test_every_example_is_answered(acme: BrandRef, asker: MakeAsker) -> None:
    with told(acme) as brand:
        content(brand, names("happy", 5))
        dana(brand)
        version = mapped("checkout", "delivery")
    analyst, variables = asker(Role.ANALYST), {"version": global_id("JourneyVersion", version.pk)}

    for name, query in EXAMPLES:
        answers = analyst.data(query, variables)
        assert None not in answers.values(), name
    assert len(EXAMPLES) >= 8
