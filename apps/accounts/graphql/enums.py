from enum import Enum

import strawberry


@strawberry.enum(description="What a member is, which decides what it may do.")
class Role(Enum):
    PROVIDER_ADMIN = strawberry.enum_value(
        "PROVIDER_ADMIN", description="The provider's administrator, in the brands it is granted."
    )
    SUPERVISOR = strawberry.enum_value(
        "SUPERVISOR", description="Leads the provider's agents, in the brands it is granted."
    )
    AGENT = strawberry.enum_value("AGENT", description="Handles contacts; sees its own work.")
    BRAND_ADMIN = strawberry.enum_value("BRAND_ADMIN", description="A brand's administrator.")
    ANALYST = strawberry.enum_value(
        "ANALYST", description="A brand's analyst: numbers and records without personal data."
    )
    VIEWER = strawberry.enum_value("VIEWER", description="Sees a brand's numbers.")


@strawberry.enum(description="Something a credential may do.")
class Permission(Enum):
    METRICS = strawberry.enum_value("METRICS", description="Read metrics.")
    METRICS_BY_AGENT = strawberry.enum_value("METRICS_BY_AGENT", description="Read metrics of single agents.")
    DRILL_DOWN = strawberry.enum_value("DRILL_DOWN", description="Read the records behind the metrics.")
    PERSONAL_DATA = strawberry.enum_value("PERSONAL_DATA", description="Read customers' personal data.")
    RECORD = strawberry.enum_value("RECORD", description="Record customers, interactions and answers.")
    IMPORT = strawberry.enum_value("IMPORT", description="Load files.")
    EXPORT = strawberry.enum_value("EXPORT", description="Take data out.")
    CONFIGURE = strawberry.enum_value("CONFIGURE", description="Change surveys, journeys, reasons and calendars.")
    READ_CONFIGURATION = strawberry.enum_value(
        "READ_CONFIGURATION", description="Read surveys, journeys, reasons and calendars."
    )
    MANAGE = strawberry.enum_value("MANAGE", description="Change members, keys and settings.")
    READ_MANAGEMENT = strawberry.enum_value("READ_MANAGEMENT", description="Read members, keys and settings.")
    MANAGE_BRANDS = strawberry.enum_value("MANAGE_BRANDS", description="Make brands and grant them.")


@strawberry.enum(description="How far a brand's making has come, and whether it may be worked in.")
class BrandStatus(Enum):
    REQUESTED = strawberry.enum_value("REQUESTED", description="Its schema is being made.")
    ACTIVE = strawberry.enum_value("ACTIVE", description="Ready.")
    SUSPENDED = strawberry.enum_value("SUSPENDED", description="Closed for now; its data is kept.")
    FAILED = strawberry.enum_value("FAILED", description="Its schema could not be made.")


@strawberry.enum(description="How much of its member's rights a key carries.")
class KeyScope(Enum):
    FULL = strawberry.enum_value("FULL", description="All of them.")
    READ = strawberry.enum_value("READ", description="Those that change nothing.")
