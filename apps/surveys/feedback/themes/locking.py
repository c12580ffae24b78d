"""Who changes themes takes turns with who finds them."""

from cxplatform.tenancy.locks import lock


def lock_themes() -> None:
    """Wait until nobody else changes themes; held to the end of the transaction."""
    lock("feedback themes")
