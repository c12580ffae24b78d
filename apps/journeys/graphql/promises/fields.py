from datetime import datetime
from typing import Annotated

import strawberry

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.journeys import commands
from apps.journeys.graphql.promises.enums import PromiseResult
from apps.journeys.graphql.promises.filters import PromiseOutcomeWhere
from apps.journeys.graphql.promises.orders import PROMISE_OUTCOME_ORDERS
from apps.journeys.graphql.promises.types import PromiseOutcome
from cxplatform.graphql.columns import column
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of, read_global_id
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field

_NOTE = "What there is to say of it, at most 4,000 characters. Personal data."


@strawberry.input(description="Who put right what a broken promise left.")
class PromiseRepairInput:
    department: str = column("The department, by key.")
    at: datetime = column("When: not before it was broken, not later than now.")

    def said(self) -> commands.Repair:
        return commands.Repair(self.department, self.at)


@strawberry.input(description="Whether a promise was kept, and what shows it. Said again, the last word counts.")
class RecordPromiseOutcomeInput:
    promise: str = column("The promise, by key.")
    evidence: strawberry.ID = column("The id of the touchpoint event, the contact or the answer that shows it.")
    outcome: PromiseResult = column("What became of it.")
    note: str = column(_NOTE, default="")
    repair: PromiseRepairInput | None = column("Who repaired it, if anybody has; of what was BROKEN.", default=None)


@strawberry.type(description="What became of recordPromiseOutcome.")
class RecordPromiseOutcomePayload:
    promise_outcome: PromiseOutcome | None = column("The outcome.", default=None)
    user_errors: list[UserError] = column("Why nothing was recorded.", default_factory=user_errors)


@strawberry.input(description="Who repaired a broken promise. Said again, the last word counts.")
class RecordPromiseRepairInput:
    outcome: strawberry.ID = column("The id of the outcome; one that is BROKEN.")
    repair: PromiseRepairInput = column("Who repaired it, and when.")
    note: str = column(_NOTE, default="")


@strawberry.type(description="What became of recordPromiseRepair.")
class RecordPromiseRepairPayload:
    promise_outcome: PromiseOutcome | None = column("The outcome.", default=None)
    user_errors: list[UserError] = column("Why nothing was recorded.", default_factory=user_errors)


@strawberry.type
class PromiseQueries:
    promise_outcomes: Connection[PromiseOutcome] | None = root_connection(
        PromiseOutcome,
        PROMISE_OUTCOME_ORDERS,
        PromiseOutcomeWhere,
        description="What became of promises, the newest first.",
    )


@strawberry.type
class PromiseMutations:
    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordPromiseOutcomePayload,
        description="Say whether a promise was kept, where neither an event nor the promise's criterion tells.",
    )
    def record_promise_outcome(
        self, info: Info, input: Annotated[RecordPromiseOutcomeInput, INPUT]
    ) -> RecordPromiseOutcomePayload | None:
        outcome = commands.record_promise_outcome(
            actor=viewer_of(info),
            promise=input.promise,
            evidence=read_global_id(input.evidence, field="evidence"),
            outcome=input.outcome.name,
            note=input.note,
            repair=input.repair.said() if input.repair else None,
            now=info.context.now,
        )
        return RecordPromiseOutcomePayload(promise_outcome=outcome)  # type: ignore[arg-type]  # a row, shown as the type

    @mutation_field(
        plane=Plane.BRAND,
        requires=Permission.RECORD,
        payload=RecordPromiseRepairPayload,
        description="Say which department put right what a broken promise left.",
    )
    def record_promise_repair(
        self, info: Info, input: Annotated[RecordPromiseRepairInput, INPUT]
    ) -> RecordPromiseRepairPayload | None:
        outcome = commands.record_promise_repair(
            actor=viewer_of(info),
            outcome_id=key_of(input.outcome, "PromiseOutcome", field="outcome"),
            repair=input.repair.said(),
            note=input.note,
            now=info.context.now,
        )
        return RecordPromiseRepairPayload(promise_outcome=outcome)  # type: ignore[arg-type]  # a row, shown as the type
