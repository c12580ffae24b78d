"""The provider's people leave a trace in a brand's trail before an operation of theirs reaches into it."""

from cxplatform.audit.trail import Subject, record_access
from cxplatform.graphql.context import RequestContext
from cxplatform.graphql.documents import Prepared
from cxplatform.graphql.planes import Plane

_NAME_SHOWN = 100


def reaches_brand(prepared: Prepared, context: RequestContext) -> bool:
    """Tell whether the operation opens the door of the brand that was chosen."""
    return context.brand is not None and bool(prepared.planes & {Plane.BRAND, Plane.NODE})


def note_access(prepared: Prepared, context: RequestContext) -> None:
    """Write the operation down in the brand's trail, if somebody of the provider asks; what cannot be, is not run.

    A subscription is written down once, when it begins.
    """
    if context.brand is None or context.resumed:
        return
    actor = context.viewer.actor
    if not actor.of_provider:
        return
    operation = prepared.operation
    name = operation.name.value[:_NAME_SHOWN] if operation.name else ""
    record_access(
        context.brand,
        actor=actor,
        subject=Subject(operation.operation.value.capitalize(), label=name),
        now=context.now,
        details={"fields": prepared.roots},
    )
