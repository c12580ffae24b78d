import strawberry

from apps.accounts.permissions import Permission
from apps.interactions.graphql.settings.types import ServiceSettings
from apps.interactions.service_settings import service_settings
from cxplatform.graphql.context import Info
from cxplatform.graphql.planes import Plane
from cxplatform.graphql.roots import query_field


@strawberry.type
class ServiceSettingsQueries:
    @query_field(
        plane=Plane.BRAND,
        requires=Permission.READ_CONFIGURATION,
        description="What the brand set about its service; the defaults where nothing was.",
    )
    def service_settings(self, info: Info) -> ServiceSettings | None:
        return ServiceSettings.of(service_settings())
