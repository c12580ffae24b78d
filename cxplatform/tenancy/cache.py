"""Cache keys carry the schema they were made in, so that no brand can read another's entry."""

from cxplatform.tenancy.doors import DoorError, current_door


def brand_key(key: str, key_prefix: str, version: int) -> str:
    """Make the key for the open door.

    Raises: DoorError outside a door, where a key would belong to everybody.
    """
    door = current_door()
    if door is None:
        raise DoorError("A cache key needs an open door: it carries the brand.")
    return f"{door.schema}:{key_prefix}:{version}:{key}"


def entry_name(schema: str, *parts: object) -> str:
    """Name an entry that is used outside every door: of this brand's schema, or of the shared one."""
    return ":".join([schema, *(str(part) for part in parts)])
