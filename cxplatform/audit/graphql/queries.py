import strawberry

from cxplatform.audit.graphql.filters import AuditEventWhere
from cxplatform.audit.graphql.types import AUDIT_EVENT_ORDERS, AuditEvent, ProviderAuditEvent
from cxplatform.graphql.connections import Connection, root_connection
from cxplatform.graphql.planes import Plane


@strawberry.type
class AuditQueries:
    audit_events: Connection[AuditEvent] | None = root_connection(
        AuditEvent,
        AUDIT_EVENT_ORDERS,
        AuditEventWhere,
        description="This brand's trail: every change, and every operation by which the provider reached into it.",
    )
    provider_audit_events: Connection[ProviderAuditEvent] | None = root_connection(
        ProviderAuditEvent,
        AUDIT_EVENT_ORDERS,
        AuditEventWhere,
        plane=Plane.SHARED,
        description="The provider's trail: what was done to brands, members, grants and keys; what of it is about "
        "none but your brands. An operation of its own.",
    )
