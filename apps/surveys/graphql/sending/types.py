import strawberry

from apps.surveys import models
from cxplatform.graphql.columns import column


@strawberry.type(description="In whose name the brand's surveys are sent, and by what.")
class SurveySending:
    from_name: str = column("Who e-mails come from, as people read it; empty: the brand's name.")
    from_address: str | None = column("The address e-mails come from; null: none are sent.")
    pages_url: str | None = column("Where the pages of surveys are found, such as https://service.example.")
    sms_url: str | None = column("The brand's sender of short messages; null: none are sent.")
    chat_url: str | None = column("The brand's sender of chat messages; null: none are sent.")

    @classmethod
    def of(cls, row: models.SurveySending) -> "SurveySending":
        return cls(
            from_name=row.from_name,
            from_address=row.from_address,
            pages_url=row.pages_url,
            sms_url=row.sms_url,
            chat_url=row.chat_url,
        )
