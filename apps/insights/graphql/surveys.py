"""Who answers a survey, and who does not."""

from typing import Annotated, Any

import strawberry

from apps.accounts.permissions import Permission
from apps.insights.graphql.experience.arguments import EXPERIENCE, Span
from apps.insights.surveys.bias import Weighted, raked, traits_of
from apps.insights.surveys.reading import TRAITS, asked_of
from apps.surveys.models import Survey
from cxplatform.errors import NotFound
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field

Key = Annotated[str, strawberry.argument(description="The survey, by key.")]


@strawberry.type(description="How many customers of one value of a trait answered, and how many did not.")
class SurveyBiasValue:
    value: str = column("The value; empty where it is not known, `other` for the rarest together.")
    answered: int = column("How many answered.")
    silent: int = column("How many did not.")
    difference: float | None = column(
        "Its share among those who answered less its share among the others, in standard deviations: 0.1 matters."
    )


@strawberry.type(description="Something known of all who were asked, and whether those who answered differ by it.")
class SurveyBiasTrait:
    name: str = column("Which: segment, country, language, channel, contacts (inbound, of 90 days before) or tenure.")
    values: list[SurveyBiasValue] = column("Its values, the most frequent first.")
    p_value: float | None = column("How likely they differ as much by chance; null where there is too little to test.")
    adjusted_p_value: float | None = column("The same, for how many traits were tested (Holm).")
    differs: bool | None = column("Whether they differ by more than chance, and by a difference that matters.")


@strawberry.type(description="Those who answered a survey against those who did not.")
class SurveyBias:
    delivered: int = column("How many invitations of known customers arrived in the window and are over.")
    answered: int = column("How many of them were answered.")
    traits: list[SurveyBiasTrait] = column("What is known of all of them.")
    raw: float | None = column(
        "What those say who answered: NPS in points, the share of 4 and 5 for CSAT, else the mean."
    )
    weighted: float | None = column("What it would be, were they like all who were asked, by the traits `weighted_by`.")
    weighted_by: list[str] = column("The traits answers are weighed by: those that differ.")
    effective_size: float | None = column("To how many unweighted answers the weighted ones amount.")
    reason: str | None = column("Why there is no weighted number.")


@strawberry.type
class SurveyBiasQuery:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.DRILL_DOWN,
        price=EXPERIENCE,
        description="Whether those who answer a survey are like those who do not, by the day they were asked.",
    )
    def survey_bias(self, info: Info, *, survey: Key, window: Span) -> SurveyBias | None:
        found = Survey.objects.filter(key=survey).first()
        if found is None:
            raise NotFound("There is no such survey.")
        groups = asked_of(found, window.checked())
        traits = traits_of(groups)
        by = [trait.name for trait in traits if trait.differs]
        raw = raked(groups, [])
        weighted = raked(groups, by) if by else Weighted(None, None, "Those who answered differ by nothing known.")
        shown: list[Any] = [
            SurveyBiasTrait(
                name=trait.name, values=list(trait.values),  # type: ignore[arg-type]  # shown as the type
                p_value=trait.p_value, adjusted_p_value=trait.adjusted, differs=trait.differs,
            )
            for trait in traits
        ]  # fmt: skip
        assert {trait.name for trait in traits} <= set(TRAITS)
        return SurveyBias(
            delivered=sum(group.asked for group in groups),
            answered=sum(len(group.scores) for group in groups),
            traits=shown,
            raw=raw.value,
            weighted=weighted.value,
            weighted_by=by,
            effective_size=weighted.effective,
            reason=weighted.reason,
        )
