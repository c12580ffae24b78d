"""The import endpoint with a guard that takes the brand's slug for a credential."""

from django.http import HttpRequest

from cxplatform.audit.actors import Actor
from cxplatform.errors import Unauthenticated
from cxplatform.imports.http import Importer, import_urls
from tests.cluster import ACME, GLOBEX


def authorise(request: HttpRequest) -> Importer:
    try:
        brand = {"acme": ACME, "globex": GLOBEX}[request.headers.get("Authorization", "")]
    except KeyError:
        raise Unauthenticated("Say who asks.") from None
    return Importer(Actor("Ann", "BRAND_ADMIN", of_provider=False), brand)


urlpatterns = import_urls(authorise)
