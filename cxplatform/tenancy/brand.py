"""What the kernel knows of a brand: enough to open its door and to cut its days."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

SHARED_SCHEMA = "shared"
# Whose tables new brands get; nobody has rights on it, and it holds no data.
TEMPLATE_SCHEMA = "brand_template"
EXTENSIONS_SCHEMA = "ext"


def schema_name(brand_id: UUID) -> str:
    """Return the generated name of the brand's schema, which is its role's name too."""
    return f"b_{brand_id.hex}"


def inbox_role(brand_id: UUID) -> str:
    """Return the generated name of the role of whoever may only put something into the brand's inbox."""
    return f"s_{brand_id.hex}"


def inbox_role_of(schema: str) -> str | None:
    """Return the name of a brand schema's inbox role, None for a schema of no brand."""
    return f"s_{schema.removeprefix('b_')}" if schema.startswith("b_") else None


@dataclass(frozen=True)
class BrandRef:
    """A brand as a value that may leave the shared door, go into a task or a log line."""

    id: UUID
    slug: str
    name: str
    time_zone: str
    currency: str
    locale: str
    status: str

    @property
    def schema(self) -> str:
        return schema_name(self.id)

    @property
    def inbox_role(self) -> str:
        return inbox_role(self.id)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)
