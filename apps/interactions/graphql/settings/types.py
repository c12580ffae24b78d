import strawberry

from apps.interactions import models
from cxplatform.graphql.columns import column


@strawberry.type(description="How the brand's contacts are put together and kept.")
class ServiceSettings:
    case_days: int = column(
        "A contact belongs to the case whose last contact was opened at most so many days before it."
    )
    media_days: int | None = column(
        "For how many days references to recordings and transcripts are kept; null: until somebody removes them."
    )

    @classmethod
    def of(cls, row: models.ServiceSettings) -> "ServiceSettings":
        return cls(case_days=row.case_days, media_days=row.media_days)
