from enum import Enum

import strawberry


@strawberry.enum(description="What lies somewhere else about a contact.")
class MediaKind(Enum):
    RECORDING = strawberry.enum_value("RECORDING", description="What was said, to be heard or seen.")
    TRANSCRIPT = strawberry.enum_value("TRANSCRIPT", description="What was said or written, to be read.")
