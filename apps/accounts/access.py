"""Whether access that was granted still holds, asked for many at once."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from apps.accounts.models import ApiKey, Brand, Grant
from cxplatform.tenancy.doors import shared_tx

Held = tuple[UUID, UUID | None]


def access_lost(held: Collection[Held]) -> set[Held]:
    """Return which pairs of a key and the brand it was let into no longer hold; three queries in one door."""
    now = timezone.now()
    ids = {key for key, _ in held}
    with shared_tx(read_only=True):
        valid = dict(
            ApiKey.objects.filter(pk__in=ids, revoked_at=None, member__is_active=True)
            .exclude(expires_at__lte=now)
            .values_list("pk", "member_id")
        )
        homes = Brand.objects.filter(members__in=valid.values(), status=Brand.Status.ACTIVE)
        grants = Grant.objects.filter(member__in=valid.values(), brand__status=Brand.Status.ACTIVE)
        open_to = {*homes.values_list("members", "pk"), *grants.values_list("member_id", "brand_id")}
    return {
        (key, brand)
        for key, brand in held
        if key not in valid or (brand is not None and (valid[key], brand) not in open_to)
    }
