"""What pulls an experience down, in words."""

from apps.insights.experience.people import Offender

_WORDS = (
    ("failed", "failed", "failed"),
    ("broken", "promise was broken", "promises were broken"),
    ("friction", "went with friction", "went with friction"),
    ("slow", "took longer than the service level", "took longer than the service level"),
    ("hard", "was found hard", "were found hard"),
    ("unhappy", "answer would not recommend", "answers would not recommend"),
)


def reasons(offender: Offender) -> list[str]:
    """Return how often each thing went wrong, the most serious first."""
    counted = ((getattr(offender, name), one, many) for name, one, many in _WORDS)
    return [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
