"""Types that are rows: strawberry-django knows their models, and its own reads show no more than ours."""

from dataclasses import dataclass
from typing import Any, cast

from django.utils import timezone
from strawberry.types import get_object_definition
from strawberry_django.queryset import run_type_get_queryset
from strawberry_django.utils.typing import get_django_definition

from apps.accounts.authentication import authenticate
from apps.accounts.permissions import Role
from apps.interactions.models import Agent
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.schema import served_schema
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.graphql.conftest import MakeAsker
from tests.graphql.rows import agent


@dataclass(frozen=True)
class _Info:
    """As much of a resolver's info as the hook reads."""

    context: RequestContext


def test_every_node_takes_its_fields_from_its_model() -> None:
    nodes = served_schema().nodes.values()

    assert len(nodes) >= 14
    for node in nodes:
        model = get_django_definition(node, strict=True).model
        declared = {field.python_name for field in get_object_definition(node, strict=True).fields}
        assert len(declared & {field.name for field in model._meta.concrete_fields}) >= 2, node


def test_strawberry_djangos_own_reads_go_through_the_same_get_queryset(asker: MakeAsker, acme: BrandRef) -> None:
    viewer, brand = authenticate(f"Bearer {asker(Role.AGENT).token}")
    info = cast(Any, _Info(RequestContext(viewer, brand, timezone.now(), "test")))

    with brand_tx(acme):
        agent("somebody else")
        agent("itself", viewer.member_id)
        seen = run_type_get_queryset(Agent.objects.all(), served_schema().nodes["Agent"], info)

        assert [row.key for row in seen] == ["itself"]
