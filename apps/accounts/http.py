"""Who may import over HTTP, and into which brand."""

from django.http import HttpRequest

from apps.accounts.authentication import authenticate, require_brand
from apps.accounts.permissions import Permission
from cxplatform.errors import Forbidden
from cxplatform.imports.http import Importer


def authorise_import(request: HttpRequest) -> Importer:
    """Return who asks, and the brand the request imports into.

    Raises: Unauthenticated, NotFound, BrandRequired, Forbidden.
    """
    viewer, brand = require_brand(
        authenticate(
            request.headers.get("Authorization"),
            brand_header=request.headers.get("X-Brand"),
            host=request.headers.get("Host"),
        )
    )
    if not viewer.may(Permission.IMPORT):
        raise Forbidden("Your role may not import.")
    return Importer(viewer.actor, brand)
