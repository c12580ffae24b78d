"""Reasons that several vendors' rules share; those on a contact's columns."""

from apps.metrics.definitions.parts import Reason

OUR_OWN = Reason("It is a contact of our own.", "f.direction = 'OUTBOUND'")
NO_CALL = Reason("It is no call.", "f.channel <> 'PHONE'")
NOT_ANSWERED = Reason("Nobody answered it.", "f.abandoned OR f.answered IS FALSE")
FLOWED_OUT = Reason(
    "It left the queue neither answered nor abandoned: a flow-out.", "f.answered IS FALSE AND NOT f.abandoned"
)
UNKNOWN_END = Reason("Whether it was answered is unknown.", "f.answered IS NULL AND NOT f.abandoned")
ANSWERED = Reason("It was answered.", "f.answered AND NOT f.abandoned")
