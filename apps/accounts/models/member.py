from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from apps.accounts.models.brand import Brand
from apps.accounts.permissions import BRAND_ROLES, PROVIDER_ROLES, Role
from cxplatform.ids import uuid7


class Member(AbstractBaseUser):
    """A user with a role: one of the provider's people (no brand), or one of a brand's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(unique=True, help_text="in lower case")
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    brand = models.ForeignKey(Brand, null=True, blank=True, on_delete=models.PROTECT, related_name="members")
    is_active = models.BooleanField(default=True, help_text="members are deactivated, never deleted")
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name", "role"]

    objects = BaseUserManager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="member_email_lower_case"),
            models.CheckConstraint(
                condition=models.Q(brand__isnull=True, role__in=[role.value for role in PROVIDER_ROLES])
                | models.Q(brand__isnull=False, role__in=[role.value for role in BRAND_ROLES]),
                name="member_role_fits_its_home",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """Leave for one of the provider's people to work in one brand."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="grants")
    brand = models.ForeignKey(Brand, on_delete=models.CASCADE, related_name="grants")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "brand"], name="grant_once_a_member_and_brand"),
        ]
