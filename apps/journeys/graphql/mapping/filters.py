"""What lists of departments, promises, journeys and their parts may be narrowed by."""

from apps.journeys.graphql.mapping.enums import JourneyVersionState, PromiseCriterion, StageKind, TouchpointChannel
from cxplatform.graphql.filters.comparisons import (
    BigIntFilter,
    BooleanFilter,
    DateTimeFilter,
    Filter,
    IdFilter,
    IntFilter,
    KeyFilter,
    TextFilter,
)
from cxplatform.graphql.filters.declaring import by, where_input


@where_input("Which departments.")
class DepartmentWhere:
    id: IdFilter | None = by("The global id.")
    key: TextFilter | None = by("The key.")
    name: TextFilter | None = by("The name.")


@where_input("Which promises.")
class BrandPromiseWhere:
    id: IdFilter | None = by("The global id.")
    key: TextFilter | None = by("The key.")
    text: TextFilter | None = by("What is promised.")
    criterion: Filter[PromiseCriterion] | None = by("How it is known whether it was kept.")
    maker: KeyFilter | None = by("The department that promises, by key.", "maker.key")
    retired_at: DateTimeFilter | None = by("When it was retired; unknown while it is made.")


@where_input("Which journeys.")
class JourneyWhere:
    id: IdFilter | None = by("The global id.")
    key: TextFilter | None = by("The key.")
    name: TextFilter | None = by("The name.")
    created_at: DateTimeFilter | None = by("When it was made.")


@where_input("Which versions of journeys.")
class JourneyVersionWhere:
    id: IdFilter | None = by("The global id.")
    number: IntFilter | None = by("Its place among the journey's versions.")
    state: Filter[JourneyVersionState] | None = by("How it stands.")
    effective_from: DateTimeFilter | None = by("From when it is in force; unknown of a draft.")
    effective_until: DateTimeFilter | None = by("Until when; unknown while no end is known.")
    published_at: DateTimeFilter | None = by("When it was published; unknown of a draft.")


@where_input("Which stages.")
class JourneyStageWhere:
    id: IdFilter | None = by("The global id.")
    key: KeyFilter | None = by("The key.")
    kind: Filter[StageKind] | None = by("What of the template it is.")
    name: TextFilter | None = by("The brand's name for it.")


@where_input("Which touchpoints of a version.")
class PlacementWhere:
    id: IdFilter | None = by("The global id.")
    touchpoint: KeyFilter | None = by("The touchpoint, by key.", "touchpoint.key")
    stage: KeyFilter | None = by("The stage, by key.", "stage.key")
    owner: KeyFilter | None = by("The department that owns it, by key.", "owner.key")
    promise: KeyFilter | None = by("What is promised there, by key; unknown where nothing is.", "promise.key")
    name: TextFilter | None = by("What it is called in this version.")
    channel: Filter[TouchpointChannel] | None = by("Where it meets the customer.")
    is_moment_of_truth: BooleanFilter | None = by("Whether much hangs on it.")
    weight: IntFilter | None = by("Its part of the journey in percent.")
    slo_ms: BigIntFilter | None = by("How long it may take in milliseconds; unknown without a service level.")
