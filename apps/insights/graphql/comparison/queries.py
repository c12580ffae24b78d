from typing import Annotated, Any

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.comparison.comparing import Compared, compare_definitions
from apps.insights.graphql.comparison.enums import DefinitionSubject
from apps.insights.graphql.comparison.types import DefinitionComparison, VendorDefinition
from apps.metrics.graphql.arguments import Filter, Span, allowed, key_of
from apps.metrics.graphql.enums import MetricUnit
from apps.metrics.graphql.prices import days_of
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.prices import Arguments, Price
from cxplatform.graphql.roots import query_field

About = Annotated[DefinitionSubject, strawberry.argument(description="What is compared.")]


# Every row of the window is put to every definition.
def _rows(arguments: Arguments) -> float:
    return 40 + days_of(arguments)


@strawberry.type
class ComparisonQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=Price(_rows),
        description="Our definition of a number and what vendors publish under such a name, over the same rows: at most"
        " 92 days. Why another's number differs from ours.",
    )
    def compare_definitions(
        self, info: Info, *, subject: About, window: Span, where: Filter = None
    ) -> DefinitionComparison | None:
        found: Any = compare_definitions(
            key_of(subject), window.checked(), now=info.context.now, where=allowed(info, where)
        )
        return DefinitionComparison(
            subject=subject,
            window=found.window,
            definition=found.subject.metric,
            variant=found.subject.variant.key,
            ours=found.ours,
            vendors=[_vendor(each) for each in found.others],
            as_of=found.as_of,
            provisional=found.provisional,
        )


def _vendor(compared: Compared) -> VendorDefinition:
    rule, told, difference = compared.rule, compared.told, compared.difference
    return VendorDefinition(
        key=rule.key,
        vendor=rule.vendor,
        name=rule.name,
        description=rule.description,
        formula=rule.formula,
        source=rule.source,
        caveat=rule.caveat,
        unit=MetricUnit[compared.unit.name],
        result=told,  # type: ignore[arg-type]  # a value, shown as the type
        difference=difference,  # type: ignore[arg-type]  # a value, shown as the type
    )
