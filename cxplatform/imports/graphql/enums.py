from enum import Enum

import strawberry


@strawberry.enum(description="How far an import has come.")
class ImportJobState(Enum):
    QUEUED = strawberry.enum_value("QUEUED", description="It waits for a worker.")
    RUNNING = strawberry.enum_value("RUNNING", description="Rows are being stored.")
    DONE = strawberry.enum_value("DONE", description="All rows were read.")
    FAILED = strawberry.enum_value("FAILED", description="It stopped; `failure` says why.")
