"""What is done with a contact, as mutations: each makes events of it and answers with the contact as it stands then."""

from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry.types.field import StrawberryField

from apps.accounts.graphql.types import viewer_of
from apps.accounts.permissions import Permission
from apps.interactions import commands
from apps.interactions.graphql.types import Interaction
from apps.interactions.graphql.working import contact_inputs as inputs
from apps.interactions.graphql.working.enums import TransferKind
from apps.interactions.refolding import Refolded
from cxplatform.graphql.columns import column
from cxplatform.graphql.context import Info
from cxplatform.graphql.global_ids import key_of
from cxplatform.graphql.payloads import INPUT, UserError, user_errors
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import mutation_field


@strawberry.type(description="What became of a contact with which something was to be done.")
class ContactPayload:
    interaction: Interaction | None = column(
        "The contact as it stands now; null when there are errors, or you may not see it any more.", default=None
    )
    user_errors: list[UserError] = column("Why nothing was done.", default_factory=user_errors)


def _contact(description: str) -> StrawberryField:
    return mutation_field(
        plane=Plane.BRAND, requires=Permission.RECORD, payload=ContactPayload, description=description
    )


def _shown(its: Refolded | None, info: Info) -> ContactPayload:
    """Answer as everybody reads: whoever handed a contact on may not see it any more."""
    shown = None if its is None else Interaction.find(its.id, info._raw_info)
    return ContactPayload(interaction=shown)  # type: ignore[arg-type]  # a row, shown as the type


def _id(given: str | None, kind: str) -> UUID | None:
    return None if given is None else key_of(given, kind, field=kind.lower())


def _about(input: Any, info: Info) -> dict[str, Any]:
    """Return what every command about a contact is given."""
    interaction_id = key_of(input.interaction, "Interaction", field="interaction")
    return {"actor": viewer_of(info), "interaction_id": interaction_id, "now": info.context.now}


@strawberry.type
class ContactMutations:
    @_contact(
        "Let a contact wait in a queue; from then on it is worked on here. What was put off or waited for its customer "
        "is so taken back."
    )
    def enqueue_interaction(
        self, info: Info, input: Annotated[inputs.EnqueueInteractionInput, INPUT]
    ) -> ContactPayload | None:
        queue_id = _id(input.queue, "Queue")
        priority = input.priority.name if input.priority else None
        return _shown(commands.enqueue_interaction(**_about(input, info), queue_id=queue_id, priority=priority), info)

    @_contact(
        "Take an agent's next contact: one that waits for it alone, else the most urgent, of the highest queue, the "
        "oldest of those whose skills it has. Without one, `interaction` is null."
    )
    def take_next_interaction(
        self, info: Info, input: Annotated[inputs.TakeNextInteractionInput, INPUT]
    ) -> ContactPayload | None:
        agent_id = _id(input.agent, "Agent")
        return _shown(commands.take_next(actor=viewer_of(info), agent_id=agent_id, now=info.context.now), info)

    @_contact("Give a contact that nobody has to an agent by hand, whatever its skills.")
    def assign_interaction(
        self, info: Info, input: Annotated[inputs.AssignInteractionInput, INPUT]
    ) -> ContactPayload | None:
        return _shown(commands.assign_interaction(**_about(input, info), agent_id=_id(input.agent, "Agent")), info)

    @_contact("Hand a contact on to a queue or to an agent.")
    def transfer_interaction(
        self, info: Info, input: Annotated[inputs.TransferInteractionInput, INPUT]
    ) -> ContactPayload | None:
        handed_on = commands.transfer_interaction(
            **_about(input, info),
            consult=input.kind is TransferKind.CONSULT,
            queue_id=_id(input.queue, "Queue"),
            agent_id=_id(input.agent, "Agent"),
        )
        return _shown(handed_on, info)

    @_contact("Put the customer on hold.")
    def hold_interaction(
        self, info: Info, input: Annotated[inputs.HoldInteractionInput, INPUT]
    ) -> ContactPayload | None:
        return _shown(commands.hold_interaction(**_about(input, info)), info)

    @_contact("Go on with a customer who is on hold.")
    def resume_interaction(
        self, info: Info, input: Annotated[inputs.ResumeInteractionInput, INPUT]
    ) -> ContactPayload | None:
        return _shown(commands.resume_interaction(**_about(input, info)), info)

    @_contact("End the talk; the work after it begins.")
    def end_interaction(self, info: Info, input: Annotated[inputs.EndInteractionInput, INPUT]) -> ContactPayload | None:
        return _shown(commands.end_interaction(**_about(input, info)), info)

    @_contact("End the work after a talk, and the talk with it.")
    def wrap_up_interaction(
        self, info: Info, input: Annotated[inputs.WrapUpInteractionInput, INPUT]
    ) -> ContactPayload | None:
        return _shown(commands.wrap_up_interaction(**_about(input, info)), info)

    @_contact("Note that the customer gave up waiting.")
    def abandon_interaction(
        self, info: Info, input: Annotated[inputs.AbandonInteractionInput, INPUT]
    ) -> ContactPayload | None:
        return _shown(commands.abandon_interaction(**_about(input, info)), info)

    @_contact("Put a contact off until a moment, when it waits in its queue again; within a minute of it.")
    def snooze_interaction(
        self, info: Info, input: Annotated[inputs.SnoozeInteractionInput, INPUT]
    ) -> ContactPayload | None:
        return _shown(commands.snooze_interaction(**_about(input, info), until=input.until), info)

    @_contact(
        "Wait for the customer: until it replies, or somebody takes the contact up again. Meanwhile clocks of "
        "resolution stand still."
    )
    def wait_on_customer(
        self, info: Info, input: Annotated[inputs.WaitOnCustomerInput, INPUT]
    ) -> ContactPayload | None:
        return _shown(commands.wait_on_customer(**_about(input, info)), info)

    @_contact("Resolve a contact; whoever has it has done with it.")
    def resolve_interaction(
        self, info: Info, input: Annotated[inputs.ResolveInteractionInput, INPUT]
    ) -> ContactPayload | None:
        about = _about(input, info)
        return _shown(commands.resolve_interaction(**about, reason=input.reason, resolution=input.resolution), info)

    @_contact("Open a contact again that is resolved, closed or abandoned, to wait in a queue.")
    def reopen_interaction(
        self, info: Info, input: Annotated[inputs.ReopenInteractionInput, INPUT]
    ) -> ContactPayload | None:
        return _shown(commands.reopen_interaction(**_about(input, info), queue_id=_id(input.queue, "Queue")), info)
