"""Who may import over HTTP, and into which brand."""

from django.conf import settings
from django.http import HttpRequest

from apps.accounts.authentication import authenticate, require_brand
from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from cxplatform.errors import Forbidden
from cxplatform.imports.http import Importer
from cxplatform.tenancy.brand import BrandRef
from cxplatform.throttle.entrance import entrance_of
from cxplatform.throttle.sizes import buckets_of
from cxplatform.throttle.throttle import throttle

# Points of a file, whatever its size, and of a look at what became of one.
_A_FILE, _A_LOOK = 20, 1


def authorise_import(request: HttpRequest) -> Importer:
    """Return who asks, and the brand the request imports into.

    Raises: Unauthenticated, NotFound, BrandRequired, Forbidden, RateLimited.
    """
    entrance = entrance_of(request)
    viewer, brand = require_brand(entrance.authenticated(lambda: _asking(request)))
    if settings.CX_THROTTLE:
        with entrance.telling_to_wait():
            throttle().charge(buckets_of(viewer.key_id, brand), _A_FILE if request.method == "POST" else _A_LOOK)
    if not viewer.may(Permission.IMPORT):
        raise Forbidden("Your role may not import.")
    return Importer(viewer.actor, brand)


def _asking(request: HttpRequest) -> tuple[Viewer, BrandRef | None]:
    return authenticate(
        request.headers.get("Authorization"),
        brand_header=request.headers.get("X-Brand"),
        host=request.headers.get("Host"),
    )
