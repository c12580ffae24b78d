"""How long a contact keeps agents busy: to a contact or to a segment, and when it counts."""

from apps.insights.comparison.rule import Rule, Subject
from apps.insights.comparison.subjects.moments import COMPLETED
from apps.insights.comparison.subjects.reasons import NOT_ANSWERED, OUR_OWN
from apps.metrics.definitions.aht import AHT, HANDLE
from apps.metrics.definitions.facts.interaction import INTERACTION
from apps.metrics.definitions.parts import Reason

_UNKNOWN = Reason("How long it took is unknown.", "f.talk_seconds IS NULL")
_CLOSED = "(f.resolved_at IS NOT NULL OR f.closed_at IS NOT NULL OR f.resolved IS TRUE)"

HANDLE_TIME = Subject(
    key="HANDLE_TIME",
    description="How long a contact keeps agents busy.",
    metric=AHT,
    variant=AHT.variants[0],
    rows=INTERACTION,
    left_out=(NOT_ANSWERED, Reason("How long it took is unknown, and whether it was answered.")),
    rules=(
        Rule(
            key="GENESYS",
            vendor="Genesys Cloud",
            name="Average handle time",
            description="Talk, hold and after-call work of the interactions handled, all of it at the moment at which"
            " the after-call work is done.",
            formula="(talk + hold + after-call work + dialing + contacting) / interactions handled",
            source="Genesys Cloud, glossary: average handle time,"
            " https://help.mypurecloud.com/glossary/average-handle-time-aht/",
            left_out=(NOT_ANSWERED, _UNKNOWN),
            value=HANDLE.value,
            anchor=COMPLETED,
            caveat="Dialing and contacting time of outbound calls is not in our rows. The moment is reckoned as the"
            " opening and all that followed on end, up to a day.",
        ),
        Rule(
            key="TALKDESK",
            vendor="Talkdesk",
            name="Average handle time",
            description="Talk, hold and after-call work to a contact; every transfer begins a new contact.",
            formula="(talk + hold + after-call work) / (interactions + transfers)",
            source="Talkdesk, Avg. Handle Time and Contacts Report,"
            " https://support.talkdesk.com/hc/en-us/articles/4409592303643 and"
            " https://data-dictionary.talkdesk.com/docs/contacts-report",
            left_out=(NOT_ANSWERED, _UNKNOWN),
            value=HANDLE.value,
            weight="1 + f.transfers",
            differs=(Reason("It was handed on: each part counts as a contact of its own."),),
        ),
        Rule(
            key="INTERCOM",
            vendor="Intercom",
            name="Conversation handling time",
            description="The time teammates spent on conversations that customers began, once they are closed.",
            formula="time of all teammates / closed conversations",
            source="Intercom, Reporting metrics and attributes, https://www.intercom.com/help/en/articles/7022438",
            left_out=(
                OUR_OWN,
                NOT_ANSWERED,
                Reason("No teammate handled it.", "f.handled_by = 'BOT'"),
                Reason("It is not closed yet.", f"NOT {_CLOSED}"),
                _UNKNOWN,
            ),
            value=HANDLE.value,
            caveat="Intercom counts a conversation while it is open and assigned; here it is what the row tells.",
        ),
    ),
)
