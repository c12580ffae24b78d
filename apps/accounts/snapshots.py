"""What may leave the shared door: rows as values."""

from dataclasses import dataclass

from cxplatform.tenancy.brand import BrandRef


@dataclass(frozen=True)
class BrandSnapshot(BrandRef):
    """A brand as it was at authentication: what the kernel needs, and what its people are told besides."""

    vertical: str = ""
    # Why its schema could not be made; empty unless it is FAILED.
    failure: str = ""
