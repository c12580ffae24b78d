"""Where an import tells that it went on."""

from uuid import UUID

from cxplatform.tenancy.topics import topic


def progress_topic(brand_id: UUID, job_id: UUID) -> str:
    """Name the topic on which this import's progress is told."""
    return topic(brand_id, "import-job", job_id)
