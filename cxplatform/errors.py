"""The errors a caller is meant to see: each has a stable code and may name the field at fault."""


class DomainError(Exception):
    """Carry a message for the caller; never put a secret or another brand's data into it."""

    code = "INTERNAL"

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class BadInput(DomainError):
    code = "BAD_USER_INPUT"


class BrandRequired(DomainError):
    code = "BRAND_REQUIRED"


class Unauthenticated(DomainError):
    code = "UNAUTHENTICATED"


class Forbidden(DomainError):
    code = "FORBIDDEN"


class NotFound(DomainError):
    """Say the same for what does not exist and for what is another brand's."""

    code = "NOT_FOUND"


class Conflict(DomainError):
    code = "CONFLICT"


class TooLarge(DomainError):
    code = "PAYLOAD_TOO_LARGE"


class Unavailable(DomainError):
    code = "UNAVAILABLE"
    retry_after_seconds = 30
