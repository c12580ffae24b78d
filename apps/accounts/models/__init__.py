from apps.accounts.models.api_key import ApiKey
from apps.accounts.models.brand import Brand
from apps.accounts.models.member import Grant, Member

__all__ = ["ApiKey", "Brand", "Grant", "Member"]
