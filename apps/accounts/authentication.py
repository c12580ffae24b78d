"""From a bearer token and a choice of brand to a viewer and the brand it works in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from apps.accounts import keys, selectors
from apps.accounts.credentials import Credential, credentials_of
from apps.accounts.keys import Token
from apps.accounts.models import ApiKey, Brand
from apps.accounts.permissions import Role
from apps.accounts.snapshots import BrandSnapshot
from apps.accounts.viewer import Viewer
from cxplatform.errors import DomainError, Forbidden, NotFound, Unauthenticated
from cxplatform.graphql.authenticating import Presented
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import shared_tx

Found = tuple[Viewer, BrandRef | None] | DomainError

_NOT_VALID = "The API key is not valid."
_LAST_USED_STEP = timedelta(minutes=1)
_REACHABLE = (Brand.Status.ACTIVE, Brand.Status.SUSPENDED)


def authenticate(
    authorization: str | None, *, brand_header: str | None = None, host: str | None = None
) -> tuple[Viewer, BrandRef | None]:
    """Find who is asking and for which brand: one message to the database, and now and then a shared door.

    The brand is None only for a provider's credential that has chosen none and has not exactly one that can be
    worked in: it must still be able to resume a suspended one, or to look whether a requested one is made.
    Raises: Unauthenticated; NotFound for a brand that is not this credential's (or not there, or not made yet);
    Forbidden for a suspended one.
    """
    (found,) = authenticate_all([Presented(authorization, brand_header, host)])
    if isinstance(found, DomainError):
        raise found
    return found


def authenticate_all(presented: Sequence[Presented]) -> list[Found]:
    """Find who each of many is, by its own token and as `authenticate` does, in no more queries.

    Where one is not let in, the error that says why stands in its place.
    """
    now = timezone.now()
    tokens = [_parse(each.authorization) for each in presented]
    ids = {token.public_id for token in tokens if isinstance(token, Token)}
    if not ids:
        return [token for token in tokens if isinstance(token, DomainError)]
    stored = credentials_of(ids)
    checked = [_check(token, stored, now) for token in tokens]
    good = {found.key_id: found for found in checked if isinstance(found, Credential)}
    _note_use(good.values(), now)
    viewers = _viewers(good.values())
    return [
        _let_in(viewers[found.key_id], each) if isinstance(found, Credential) else found
        for found, each in zip(checked, presented, strict=True)
    ]


def _parse(authorization: str | None) -> Token | Unauthenticated:
    scheme, _, text = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not text:
        return Unauthenticated("Send `Authorization: Bearer <API key>`.")
    return keys.parse_token(text.strip()) or Unauthenticated(_NOT_VALID)


def _check(
    token: Token | Unauthenticated, stored: Mapping[str, Credential], now: datetime
) -> Credential | Unauthenticated:
    """Return the stored key a token is good for."""
    if isinstance(token, Unauthenticated):
        return token
    found = stored.get(token.public_id)
    if found is None or not keys.matches(token.secret, found.secret_hash) or not found.is_valid(now):
        return Unauthenticated(_NOT_VALID)
    return found


def _note_use(credentials: Iterable[Credential], now: datetime) -> None:
    due = [
        each.key_id for each in credentials if each.last_used_at is None or now - each.last_used_at >= _LAST_USED_STEP
    ]
    if not due:
        return
    with shared_tx():
        # What somebody else is noting just now needs no second note, and nobody waits for anybody.
        free = ApiKey.objects.filter(pk__in=due).select_for_update(skip_locked=True).values("pk")
        ApiKey.objects.filter(pk__in=free).update(last_used_at=now)


def _viewers(credentials: Collection[Credential]) -> dict[UUID, Viewer]:
    """Return whose the keys are, by key."""
    provider = {each.member_id for each in credentials if each.home is None}
    granted = _granted(provider) if provider else {}
    return {each.key_id: _viewer(each, granted.get(each.member_id, ())) for each in credentials}


def _granted(member_ids: Collection[UUID]) -> Mapping[UUID, tuple[BrandSnapshot, ...]]:
    with shared_tx(read_only=True):
        return selectors.granted_brands(member_ids)


def _viewer(credential: Credential, granted: tuple[BrandSnapshot, ...]) -> Viewer:
    home = credential.home
    return Viewer(
        member_id=credential.member_id,
        member_name=credential.member_name,
        email=credential.email,
        role=Role(credential.role),
        brands=(home,) if home is not None else granted,
        home_brand=home,
        key_id=credential.key_id,
        scope=credential.scope,
    )


def _let_in(viewer: Viewer, presented: Presented) -> Found:
    try:
        return viewer, _choose(viewer, presented.brand_slug, presented.host)
    except DomainError as refusal:
        return refusal


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
