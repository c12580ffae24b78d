"""What is compared, by key; every subject has a file."""

from collections.abc import Mapping
from typing import Final

from apps.insights.comparison.rule import Subject
from apps.insights.comparison.subjects.abandonment import ABANDONMENT
from apps.insights.comparison.subjects.csat import CSAT
from apps.insights.comparison.subjects.first_contact_resolution import FIRST_CONTACT_RESOLUTION
from apps.insights.comparison.subjects.first_response_time import FIRST_RESPONSE_TIME
from apps.insights.comparison.subjects.handle_time import HANDLE_TIME
from apps.insights.comparison.subjects.reopen_rate import REOPEN_RATE
from apps.insights.comparison.subjects.resolution_time import RESOLUTION_TIME
from apps.insights.comparison.subjects.service_level import SERVICE_LEVEL
from apps.insights.comparison.subjects.transfer_rate import TRANSFER_RATE

SUBJECTS: Final[Mapping[str, Subject]] = {
    subject.key: subject
    for subject in (
        FIRST_CONTACT_RESOLUTION,
        FIRST_RESPONSE_TIME,
        RESOLUTION_TIME,
        REOPEN_RATE,
        HANDLE_TIME,
        TRANSFER_RATE,
        SERVICE_LEVEL,
        ABANDONMENT,
        CSAT,
    )
}
