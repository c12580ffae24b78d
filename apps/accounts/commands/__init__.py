"""Writes of the shared schema. Each runs inside the shared door, which the caller opens."""

from apps.accounts.commands.api_keys import create_api_key, issue_key, revoke_api_key
from apps.accounts.commands.brands import (
    BrandDetails,
    create_brand,
    request_brand,
    resume_brand,
    retry_brand,
    suspend_brand,
)
from apps.accounts.commands.members import add_member, grant_brand

__all__ = [
    "BrandDetails",
    "add_member",
    "create_api_key",
    "create_brand",
    "grant_brand",
    "issue_key",
    "request_brand",
    "resume_brand",
    "retry_brand",
    "revoke_api_key",
    "suspend_brand",
]
