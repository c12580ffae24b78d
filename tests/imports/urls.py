"""The import endpoint with a guard that takes the brand's slug for a credential."""

from django.http import HttpRequest

from cxplatform.errors import Unauthenticated
from cxplatform.imports.http import import_urls
from cxplatform.tenancy.brand import BrandRef
from tests.cluster import ACME, GLOBEX


def authorise(request: HttpRequest) -> BrandRef:
    try:
        return {"acme": ACME, "globex": GLOBEX}[request.headers.get("Authorization", "")]
    except KeyError:
        raise Unauthenticated("Say who asks.") from None


urlpatterns = import_urls(authorise)
