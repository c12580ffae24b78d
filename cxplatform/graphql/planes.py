"""From where a root field is answered, which decides the door an operation runs in."""

from enum import Enum


class Plane(Enum):
    """The source of a root field's answer."""

    # The snapshot taken at authentication; no door.
    VIEWER = "VIEWER"
    # The brand's door.
    BRAND = "BRAND"
    # The shared door: mutations of brands and keys.
    SHARED = "SHARED"
    # As the id's type says; the brand's door when a brand is chosen.
    NODE = "NODE"
