"""Whether the first contact was enough: the number that providers and brands differ over most."""

from dataclasses import replace
from datetime import timedelta

from apps.insights.comparison.rule import Rule, Subject
from apps.insights.comparison.subjects.moments import FIRST_CLOSED, FIRST_CLOSED_AT, IS_OPEN_AGAIN
from apps.insights.comparison.subjects.reasons import NO_CALL, NOT_ANSWERED, OUR_OWN
from apps.metrics.definitions.facts.repeat import REPEAT
from apps.metrics.definitions.fcr_repeat import FCR_REPEAT
from apps.metrics.definitions.one_touch import REPLIES
from apps.metrics.definitions.parts import Reason

_REACH_DAYS = 30
_REACH = f"interval '{_REACH_DAYS * 24} hours'"
_NEXT = "lead(p.opened_at) OVER (PARTITION BY p.customer_id ORDER BY p.opened_at, p.source, p.external_id)"

# Every contact, with its neighbours on the same reason as our metric sees them, whether its caller called again about
# whatever it be, and what the customer says who was asked.
_ROWS = f"""(
    SELECT i.*, n.identified, n.repeated, n.reopened, n.preceded, c.called_again, s.score AS told
    FROM interactions_interaction i
    LEFT JOIN (SELECT f.id, f.identified, f.repeated, f.reopened, f.preceded FROM {REPEAT.source}) n ON n.id = i.id
    LEFT JOIN (
        SELECT p.id, {_NEXT} - p.opened_at <= {_REACH} AS called_again
        FROM interactions_interaction p
        WHERE p.channel = 'PHONE' AND p.direction = 'INBOUND' AND p.customer_id IS NOT NULL
          AND NOT p.abandoned AND p.answered IS NOT FALSE
          AND p.opened_at >= %(near_start)s AND p.opened_at < %(near_end)s
    ) c ON c.id = i.id
    LEFT JOIN LATERAL (
        SELECT a.score FROM surveys_surveyresponse a
        WHERE a.source = i.source AND a.interaction_external_id = i.external_id AND a.kind = 'FCR'
        ORDER BY a.answered_at DESC, a.id DESC LIMIT 1
    ) s ON TRUE
) f"""  # noqa: S608  # constants

_CLOSED = "(f.resolved_at IS NOT NULL OR f.closed_at IS NOT NULL OR f.resolved IS TRUE)"
_REPEATED = Reason("The same customer made contact on the same reason again within seven days.", "f.repeated")
_UNCOUNTED = Reason("It is no inbound contact that was answered.", "f.identified IS NULL")
_UNIDENTIFIED = Reason("Its customer or its reason is unknown.", "NOT f.identified")

FIRST_CONTACT_RESOLUTION = Subject(
    key="FIRST_CONTACT_RESOLUTION",
    description="How often the first contact is enough.",
    metric=FCR_REPEAT,
    variant=FCR_REPEAT.variants[0],
    rows=replace(REPEAT, source=_ROWS, reach=timedelta(days=_REACH_DAYS)),
    left_out=(
        _UNCOUNTED,
        Reason("The customer had made contact on the same reason in the seven days before: it is no first contact."),
    ),
    fails=(_REPEATED, Reason("It was opened again within seven days.")),
    rules=(
        Rule(
            key="SQM_CALLS",
            vendor="SQM Group",
            name="Internal call resolution",
            description="Share of answered calls whose caller did not call again within 30 days, whatever about.",
            formula="calls without a further call within 30 days / calls",
            source="SQM Group, Holding Agents Accountable for a Call Resolution Index,"
            " https://sqmgroup.com/resources/library/blog/agents-accountable-call-resolution-index",
            left_out=(
                NO_CALL,
                OUR_OWN,
                NOT_ANSWERED,
                Reason("Its caller is unknown.", "f.customer_id IS NULL"),
                Reason("Its 30 days have not passed.", f"f.opened_at + {_REACH} > %(known_until)s"),
            ),
            fails=(Reason("The customer called again within 30 days, whatever about.", "f.called_again"),),
            caveat="SQM tells callers by telephone, account or case number; here by the customer.",
        ),
        Rule(
            key="SQM_SURVEY",
            vendor="SQM Group",
            name="First call resolution (asked)",
            description="Share of the customers asked who say that it was resolved on the first contact.",
            formula="answers of yes / answers; 280 of 400 are 70 %",
            source="SQM Group, FCR metric operating philosophy, https://www.sqmgroup.com",
            left_out=(Reason("Its customer was not asked, or did not answer.", "f.told IS NULL"),),
            fails=(Reason("Its customer says that it was not resolved on the first contact.", "f.told = 0"),),
            caveat="Counted by the contact that was asked about, as it is told from our rows; FCR_SURVEY counts by the"
            " moment of the answer.",
        ),
        Rule(
            key="CALL_CENTRE_HELPER",
            vendor="Call Centre Helper",
            name="First contact resolution",
            description="Share of contacts, later ones included, after which the same customer did not come back with"
            " the same issue within seven days.",
            formula="contacts not repeated within 7 days / contacts",
            source="Call Centre Helper, First Call/Contact Resolution,"
            " https://www.callcentrehelper.com/first-call-contact-resolution-fcr-208926.htm",
            left_out=(
                _UNCOUNTED,
                _UNIDENTIFIED,
                Reason("Its seven days have not passed.", "f.opened_at >= %(ripe_until)s"),
            ),
            fails=(_REPEATED,),
        ),
        Rule(
            key="ZENDESK_ONE_TOUCH",
            vendor="Zendesk",
            name="One-touch tickets",
            description="Share of the tickets that are solved or closed with fewer than two public replies of agents;"
            " without any counts as well.",
            formula="solved or closed tickets with agent replies < 2 / solved or closed tickets",
            source="Zendesk, How are one-touch resolutions calculated?,"
            " https://support.zendesk.com/hc/en-us/articles/4408820618266",
            left_out=(
                Reason("It is neither solved nor closed.", f"NOT {_CLOSED} OR {IS_OPEN_AGAIN}"),
                Reason("How many replies it took is unknown.", f"({REPLIES}) IS NULL"),
            ),
            fails=(Reason("It took two replies of agents or more.", f"({REPLIES}) >= 2"),),
            caveat="A conversation with one agent is taken for one reply, each transfer for one more. Newer text of"
            " Zendesk's asks for exactly one reply.",
        ),
        Rule(
            key="INTERCOM_FIRST_CONTACT",
            vendor="Intercom",
            name="Closed conversations on first contact rate",
            description="Share of conversations that were closed once, with one teammate taking part.",
            formula="closed once with one participating teammate / closed",
            source="Intercom, Reporting metrics and attributes, https://www.intercom.com/help/en/articles/7022438",
            left_out=(
                Reason("It was never closed.", f"NOT {_CLOSED} AND NOT coalesce(f.reopened_at > '{{}}', FALSE)"),
            ),
            fails=(
                Reason("No teammate took part in it.", "f.handled_by = 'BOT'"),
                Reason("It was handed on: more than one teammate took part.", "f.transfers > 0"),
                Reason("It was opened again.", "f.reopened_at > '{}'"),
            ),
            caveat="Intercom does not say what the share is of; it is taken to be of what was closed. Who took part"
            " besides those it was handed on to is not known.",
        ),
        Rule(
            key="ZAMMAD_FIRST_SOLUTION",
            vendor="Zammad",
            name="First solution",
            description="Tickets closed within less than 15 minutes of their creation, by the moment of closing; that"
            " one is opened again later changes nothing.",
            formula="closed within less than 15 min of creation / closed",
            source="Zammad, lib/report/ticket_first_solution.rb, https://github.com/zammad/zammad",
            fails=(
                Reason(
                    "It took 15 minutes or more to close it.",
                    f"{FIRST_CLOSED_AT} - interval '15 minutes' >= f.opened_at",
                ),
            ),
            anchor=FIRST_CLOSED,
            caveat="Zammad reports the count; the share of what was closed in the window is ours.",
        ),
    ),
)
