"""What clients ask about how customers were lost."""

from typing import Annotated, Any

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.experience import loss_path as paths
from apps.insights.graphql.experience.arguments import EXPERIENCE, Filter, Span, asked_of
from apps.insights.graphql.experience.path_types import LossPath, LossStep, LossStepKind
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field


@strawberry.type
class LossPathQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.METRICS,
        price=EXPERIENCE,
        description="What failed last before customers left in the window, against those who stayed.",
    )
    def loss_path(
        self,
        info: Info,
        *,
        window: Span,
        where: Filter = None,
        within_days: Annotated[
            int, strawberry.argument(description="How far to look back from leaving, or from the end: 1 to 366 days.")
        ] = paths.REACH_DAYS,
        fewest: Annotated[
            int, strawberry.argument(description="Where fewer left or stayed, shares are told, but not judged.")
        ] = paths.FEWEST,
    ) -> LossPath | None:
        return _path(paths.loss_path(asked_of(info, window, where).of_all_segments(), within_days, fewest))


def _path(found: paths.LossPath) -> LossPath:
    return LossPath(left=found.left, stayed=found.stayed, steps=[_step(each) for each in found.steps])


def _step(step: paths.Step) -> LossStep:
    told: dict[str, Any] = {"left": step.left, "stayed": step.stayed, "interval": step.interval}
    return LossStep(
        kind=None if step.kind is None else LossStepKind[step.kind],
        key=step.key,
        name=step.name,
        difference=step.difference,
        p_value=step.p_value,
        leads_out=step.leads_out,
        **told,
    )
