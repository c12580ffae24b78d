"""From a bearer token and a choice of brand to a viewer and the brand it works in."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from apps.accounts import keys, selectors
from apps.accounts.credentials import Credential, credential_of
from apps.accounts.models import ApiKey, Brand
from apps.accounts.permissions import Role
from apps.accounts.viewer import Viewer
from cxplatform.errors import Forbidden, NotFound, Unauthenticated
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx

_LAST_USED_STEP = timedelta(minutes=1)
_REACHABLE = (Brand.Status.ACTIVE, Brand.Status.SUSPENDED)


def authenticate(
    authorization: str | None, *, brand_header: str | None = None, host: str | None = None
) -> tuple[Viewer, BrandRef | None]:
    """Find who is asking and for which brand; two queries at most, in a shared door of its own.

    The brand is None only for a provider's credential that has chosen none and has not exactly one that can be
    worked in: it must still be able to resume a suspended one, or to look whether a requested one is made.
    Raises: Unauthenticated; NotFound for a brand that is not this credential's (or not there, or not made yet);
    Forbidden for a suspended one.
    """
    public_id, secret = _parse(authorization)
    now = timezone.now()
    with shared_tx():
        credential = credential_of(public_id)
        if credential is None or not keys.matches(secret, credential.secret_hash) or not credential.is_valid(now):
            raise Unauthenticated("The API key is not valid.")
        _note_use(credential, now)
        viewer = _viewer(credential)
    return viewer, _choose(viewer, brand_header, host)


def _parse(authorization: str | None) -> tuple[str, str]:
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Unauthenticated("Send `Authorization: Bearer <API key>`.")
    parts = keys.parse_token(token.strip())
    if parts is None:
        raise Unauthenticated("The API key is not valid.")
    return parts


def _note_use(credential: Credential, now: datetime) -> None:
    if credential.last_used_at is None or now - credential.last_used_at >= _LAST_USED_STEP:
        ApiKey.objects.filter(pk=credential.key_id).update(last_used_at=now)


def _viewer(credential: Credential) -> Viewer:
    home = credential.home
    return Viewer(
        member_id=credential.member_id,
        member_name=credential.member_name,
        email=credential.email,
        role=Role(credential.role),
        brands=(home,) if home is not None else selectors.granted_brands(credential.member_id),
        home_brand=home,
        key_id=credential.key_id,
        scope=credential.scope,
    )


def _choose(viewer: Viewer, header: str | None, host: str | None) -> BrandRef | None:
    wanted = {slug for slug in (header, _slug_of(host)) if slug}
    if wanted:
        # Two different slugs match no brand, so a host narrows and never widens.
        found = [brand for brand in viewer.brands if {brand.slug} == wanted]
    else:
        found = list(viewer.brands)
        if viewer.is_provider and (len(found) != 1 or found[0].status != Brand.Status.ACTIVE):
            return None
    if not found or found[0].status not in _REACHABLE:
        raise NotFound("No such brand.")
    if found[0].status == Brand.Status.SUSPENDED:
        raise Forbidden("This brand is suspended.")
    return found[0]


def _slug_of(host: str | None) -> str | None:
    """Read the brand a host names: `<slug>.<base domain>`; any other host names none."""
    base = settings.CX_BASE_DOMAIN
    if not host or not base:
        return None
    label, dot, rest = host.lower().split(":")[0].partition(".")
    return label if dot and rest == base.lower() else None


def require_brand(viewer_and_brand: tuple[Viewer, BrandRef | None]) -> tuple[Viewer, BrandRef]:
    """Insist on a chosen brand.

    Raises: BrandRequired; Forbidden, when the only one is suspended.
    """
    viewer, brand = viewer_and_brand
    if brand is None:
        raise viewer.without_brand
    return viewer, brand
