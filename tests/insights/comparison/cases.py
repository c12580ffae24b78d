"""Cases small enough to reckon by hand: rows of March 2026, and what each definition makes of them.

An answer is (numerator, denominator); OURS is our metric. A why is (ours, theirs, how the reason begins, how many).
"""

from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Answers = dict[str, tuple[float, float]]
Why = tuple[str, str, str, int]


@dataclass(frozen=True)
class Case:
    subject: str
    title: str
    rows: list[Row]
    answers: Answers
    whys: dict[str, list[Why]] = field(default_factory=dict)


# What is known of April lets March be judged.
LATER: Row = {"opened_at": "2026-05-20T09:00Z", "direction": "OUTBOUND"}


def at(day: int, time: str = "09:00") -> str:
    return f"2026-03-{day:02}T{time}Z"


def call(day: int, time: str = "09:00", **row: Any) -> Row:
    return {"opened_at": at(day, time), "channel": "PHONE", "answered": True, "wait_seconds": 10, **row}


FIRST_CONTACT = [
    Case(
        "FIRST_CONTACT_RESOLUTION",
        "Ana calls twice about a refund; Ben about a refund, and a fortnight later about his login; Cem calls once",
        [
            call(2, customer="ana", reason="Refund", talk_seconds=60, resolved_at=at(2, "09:05")),
            call(5, customer="ana", reason="Refund", talk_seconds=60, resolved_at=at(5, "09:20")),
            call(2, customer="ben", reason="Refund", talk_seconds=60, resolved_at=at(2, "09:05"), transfers=1),
            call(16, customer="ben", reason="Login", talk_seconds=60, resolved_at=at(16, "09:05")),
            call(3, customer="cem", reason="Login", talk_seconds=60),
            LATER,
        ],
        {
            "OURS": (3, 4),
            # Ana's second call is Ana's last, and Ben's second is Ben's last: of five calls two had another after them.
            "SQM_CALLS": (3, 5),
            "SQM_SURVEY": (0, 0),
            "CALL_CENTRE_HELPER": (4, 5),
            # Cem's is not solved; Ben's first took two agents.
            "ZENDESK_ONE_TOUCH": (3, 4),
            "INTERCOM_FIRST_CONTACT": (3, 4),
            # Ana's second call took 20 minutes.
            "ZAMMAD_FIRST_SOLUTION": (3, 4),
        },
        {
            "SQM_CALLS": [
                ("ABOVE", "BELOW", "The customer called again", 1),
                ("LEFT_OUT", "ABOVE", "The customer had made contact", 1),
            ],
            "CALL_CENTRE_HELPER": [("LEFT_OUT", "ABOVE", "The customer had made contact", 1)],
            "ZENDESK_ONE_TOUCH": [
                ("ABOVE", "BELOW", "It took two replies", 1),
                ("ABOVE", "LEFT_OUT", "It is neither solved", 1),
                ("BELOW", "ABOVE", "The same customer made contact", 1),
                ("LEFT_OUT", "ABOVE", "The customer had made contact", 1),
            ],
            "ZAMMAD_FIRST_SOLUTION": [
                ("ABOVE", "LEFT_OUT", "It was not closed", 1),
                ("BELOW", "ABOVE", "The same customer made contact", 1),
                ("LEFT_OUT", "BELOW", "The customer had made contact", 1),
            ],
        },
    ),
    Case(
        "FIRST_CONTACT_RESOLUTION",
        "Mails with no, one and two replies; one closed at once and opened again; one that a bot closed by itself",
        [
            {"opened_at": at(2), "channel": "EMAIL", "closed_at": at(2, "09:14"), "human_replies": 0},
            {"opened_at": at(2), "channel": "EMAIL", "closed_at": at(2, "09:15"), "human_replies": 1},
            {"opened_at": at(2), "channel": "EMAIL", "closed_at": at(3), "human_replies": 2},
            {
                "opened_at": at(2),
                "channel": "EMAIL",
                "human_replies": 1,
                "first_resolved_at": at(2, "09:01"),
                "reopened_at": at(4),
                "resolved_at": at(5),
            },
            {"opened_at": at(2), "channel": "CHAT", "handled_by": "BOT", "resolved_at": at(2, "09:01")},
            {"opened_at": at(2), "channel": "EMAIL"},
            LATER,
        ],
        {
            # Nobody knows whose they are.
            "OURS": (0, 0),
            "SQM_CALLS": (0, 0),
            "SQM_SURVEY": (0, 0),
            "CALL_CENTRE_HELPER": (0, 0),
            "ZENDESK_ONE_TOUCH": (4, 5),
            "INTERCOM_FIRST_CONTACT": (3, 5),
            "ZAMMAD_FIRST_SOLUTION": (3, 5),
        },
        {
            "SQM_CALLS": [],
            "INTERCOM_FIRST_CONTACT": [
                ("LEFT_OUT", "ABOVE", "Neither its customer nor its reason", 3),
                ("LEFT_OUT", "BELOW", "Neither its customer nor its reason", 2),
            ],
        },
    ),
    Case(
        "FIRST_CONTACT_RESOLUTION",
        "Opened in February and closed in March is Zammad's; customers say otherwise than their calls do",
        [
            {"opened_at": "2026-02-28T23:50Z", "channel": "EMAIL", "closed_at": "2026-03-01T00:00Z"},
            {"opened_at": "2026-03-31T23:59Z", "channel": "EMAIL", "closed_at": "2026-04-01T00:00Z"},
            call(2, customer="ana", reason="Refund", external_id="a"),
            call(2, customer="ben", reason="Refund", external_id="b"),
            {"answered_at": at(3), "kind": "FCR", "score": 0, "interaction_external_id": "a"},
            {"answered_at": at(3), "kind": "FCR", "score": 1, "interaction_external_id": "b"},
            {"answered_at": at(3), "kind": "CSAT", "score": 5, "interaction_external_id": "b"},
            LATER,
        ],
        {
            "OURS": (2, 2),
            "SQM_CALLS": (2, 2),
            "SQM_SURVEY": (1, 2),
            "CALL_CENTRE_HELPER": (2, 2),
            "ZENDESK_ONE_TOUCH": (0, 0),
            "INTERCOM_FIRST_CONTACT": (1, 1),
            "ZAMMAD_FIRST_SOLUTION": (1, 1),
        },
        {
            "SQM_SURVEY": [("ABOVE", "BELOW", "Its customer says", 1)],
            "ZAMMAD_FIRST_SOLUTION": [
                ("ABOVE", "LEFT_OUT", "It was not closed", 2),
                ("LEFT_OUT", "ABOVE", "It does not lie in the window", 1),
            ],
        },
    ),
]

TIMES = [
    Case(
        "FIRST_RESPONSE_TIME",
        "A bot hands over after 5 minutes, a person replies after 15; the customer wrote 3 minutes after the opening",
        [
            {
                "opened_at": at(2),
                "channel": "CHAT",
                "external_id": "c",
                "timing_source": "EVENTS",
                "bot_handed_off_at": at(2, "09:05"),
                "first_response_at": at(2, "09:01"),
                "first_human_response_at": at(2, "09:15"),
            },
            {"author": "CUSTOMER", "at": at(2, "09:03"), "interaction_external_id": "c"},
            {"author": "CUSTOMER", "at": at(2, "09:04"), "interaction_external_id": "c"},
        ],
        {"OURS": (900, 1), "ZENDESK_FIRST_REPLY": (900, 1), "PLAIN": (720, 1), "CHATWOOT": (600, 1)},
        {
            "ZENDESK_FIRST_REPLY": [],
            "PLAIN": [("ABOVE", "ABOVE", "The clock starts with the customer", 1)],
            "CHATWOOT": [("ABOVE", "ABOVE", "The clock starts when the bot", 1)],
        },
    ),
    Case(
        "FIRST_RESPONSE_TIME",
        "An agent begins one and writes again after an hour; one is answered in April; one was opened again in between",
        [
            {"opened_at": at(2), "channel": "EMAIL", "direction": "OUTBOUND", "external_id": "o"},
            {"author": "HUMAN", "at": at(2), "interaction_external_id": "o"},
            {"author": "HUMAN", "at": at(2, "09:30"), "public": False, "interaction_external_id": "o"},
            {"author": "HUMAN", "at": at(2, "10:00"), "interaction_external_id": "o"},
            {"opened_at": "2026-03-31T23:00Z", "channel": "EMAIL", "first_response_at": "2026-04-01T00:00Z"},
            {"opened_at": "2026-02-28T23:00Z", "channel": "EMAIL", "first_response_at": "2026-03-01T01:00Z"},
            {
                "opened_at": at(2),
                "channel": "EMAIL",
                "reopened_at": f"{at(3)};{at(5)}",
                "first_response_at": at(3, "10:00"),
            },
        ],
        {
            "OURS": (3_600 + 90_000, 2),
            "ZENDESK_FIRST_REPLY": (3_600 + 3_600 + 90_000, 3),
            "PLAIN": (7_200 + 90_000, 2),
            "CHATWOOT": (3_600 + 3_600, 2),
        },
        {
            "ZENDESK_FIRST_REPLY": [("LEFT_OUT", "ABOVE", "It is a contact of our own", 1)],
            "PLAIN": [
                ("ABOVE", "LEFT_OUT", "The first reply was not sent", 1),
                ("LEFT_OUT", "ABOVE", "It does not lie in the window", 1),
            ],
            "CHATWOOT": [("ABOVE", "ABOVE", "The clock starts when it was opened again", 1)],
        },
    ),
    Case(
        "RESOLUTION_TIME",
        "Resolved in an hour; in an hour, opened again and resolved a day later; opened again and not since",
        [
            {"opened_at": at(2), "channel": "EMAIL", "resolved_at": at(2, "10:00"), "closed_at": at(4)},
            {
                "opened_at": at(2),
                "channel": "EMAIL",
                "first_resolved_at": at(2, "10:00"),
                "reopened_at": at(3),
                "resolved_at": at(3, "10:00"),
            },
            {"opened_at": at(2), "channel": "EMAIL", "resolved_at": at(2, "10:00"), "reopened_at": at(3)},
        ],
        {
            "OURS": (3_600 + 90_000, 2),
            "ZENDESK_FIRST_RESOLUTION": (3 * 3_600, 3),
            "ZENDESK_FULL_RESOLUTION": (3_600 + 90_000 + 3_600, 3),
            "PLAIN": (3_600 + 90_000, 2),
            "REDO": (172_800 + 90_000, 2),
        },
        {
            "ZENDESK_FIRST_RESOLUTION": [
                ("ABOVE", "ABOVE", "It was opened again; the first", 1),
                ("LEFT_OUT", "ABOVE", "It was opened again and not resolved since", 1),
            ],
            "ZENDESK_FULL_RESOLUTION": [("LEFT_OUT", "ABOVE", "It was opened again and not resolved since", 1)],
            "PLAIN": [],
            "REDO": [("ABOVE", "ABOVE", "It was closed after", 1)],
        },
    ),
    Case(
        "RESOLUTION_TIME",
        "Opened in February and resolved in March is Redo's; the customer wrote half an hour after the opening",
        [
            {"opened_at": "2026-02-28T23:00Z", "channel": "EMAIL", "resolved_at": "2026-03-01T00:00Z"},
            {"opened_at": at(2), "channel": "EMAIL", "resolved_at": at(2, "10:00"), "external_id": "m"},
            {"author": "CUSTOMER", "at": at(2, "09:30"), "interaction_external_id": "m"},
        ],
        {
            "OURS": (3_600, 1),
            "ZENDESK_FIRST_RESOLUTION": (3_600, 1),
            "ZENDESK_FULL_RESOLUTION": (3_600, 1),
            "PLAIN": (1_800, 1),
            "REDO": (3_600 + 1_800, 2),
        },
        {
            "REDO": [
                ("ABOVE", "ABOVE", "The clock starts with the customer", 1),
                ("LEFT_OUT", "ABOVE", "It does not lie in the window", 1),
            ]
        },
    ),
    Case(
        "HANDLE_TIME",
        "A call of 100 s; one of 200 s, 30 s on hold, 70 s of work after it, handed on twice; one that ends in April",
        [
            call(2, talk_seconds=100),
            call(2, talk_seconds=200, hold_seconds=30, after_call_seconds=70, transfers=2, resolved=True),
            call(31, "23:59", wait_seconds=0, talk_seconds=60, resolved=True),
            {"opened_at": "2026-02-28T23:59Z", "answered": True, "wait_seconds": 0, "talk_seconds": 60},
            call(2, talk_seconds=None),
            {"opened_at": at(2), "abandoned": True, "talk_seconds": 5},
        ],
        {"OURS": (100 + 300 + 60, 3), "GENESYS": (100 + 300 + 60, 3), "TALKDESK": (460, 5), "INTERCOM": (360, 2)},
        {
            "GENESYS": [
                ("ABOVE", "LEFT_OUT", "It was not completed", 1),
                ("LEFT_OUT", "ABOVE", "It does not lie in the window", 1),
            ],
            "TALKDESK": [("ABOVE", "ABOVE", "It was handed on", 1)],
            "INTERCOM": [("ABOVE", "LEFT_OUT", "It is not closed", 1)],
        },
    ),
]

SHARES = [
    Case(
        "SERVICE_LEVEL",
        "Answered after 20 s and 21 s; abandoned after 4 s, 15 s and 30 s; one that left the queue in another way",
        [
            call(2, wait_seconds=20),
            call(2, wait_seconds=21),
            *({"opened_at": at(2), "abandoned": True, "wait_seconds": wait} for wait in (4, 15, 30)),
            {"opened_at": at(2), "answered": False, "wait_seconds": 60},
            call(2, wait_seconds=None),
            call(2, direction="OUTBOUND"),
            {"opened_at": at(2), "channel": "EMAIL"},
        ],
        {
            "OURS": (1, 5),
            "GENESYS": (1, 5),
            "GENESYS_FLOW_OUTS_IN": (1, 6),
            "GENESYS_SHORT_OUT": (1, 4),
            "GENESYS_ABANDONS_OUT": (1, 2),
            "CXENGAGE": (1, 3),
        },
        {
            "GENESYS": [],
            "GENESYS_FLOW_OUTS_IN": [("LEFT_OUT", "BELOW", "It left the queue", 1)],
            "GENESYS_SHORT_OUT": [("BELOW", "LEFT_OUT", "It was abandoned within 5 s", 1)],
            "GENESYS_ABANDONS_OUT": [("BELOW", "LEFT_OUT", "It was abandoned.", 3)],
            "CXENGAGE": [("BELOW", "LEFT_OUT", "It was abandoned within 20 s", 2)],
        },
    ),
    Case(
        "ABANDONMENT",
        "Two answered, one abandoned, one that left in another way, one abandoned in no queue, one that ends in April",
        [
            call(2, queue="north"),
            call(2, queue="north"),
            {"opened_at": at(2), "abandoned": True, "wait_seconds": 60, "queue": "north"},
            {"opened_at": at(2), "answered": False, "wait_seconds": 60, "queue": "north"},
            {"opened_at": at(2), "abandoned": True, "wait_seconds": 60},
            {"opened_at": at(31, "23:59"), "abandoned": True, "wait_seconds": 60, "queue": "north"},
        ],
        {"OURS": (3, 5), "GENESYS": (3, 6), "AMAZON_CONNECT": (1, 4)},
        {
            "GENESYS": [("LEFT_OUT", "BELOW", "It left the queue", 1)],
            "AMAZON_CONNECT": [
                ("ABOVE", "LEFT_OUT", "It did not end in the window", 1),
                ("ABOVE", "LEFT_OUT", "It was in no queue", 1),
                ("LEFT_OUT", "BELOW", "It left the queue", 1),
            ],
        },
    ),
    Case(
        "TRANSFER_RATE",
        "Of two answered calls one is handed on; one is abandoned; a mail is replied to, and one handed on before that",
        [
            call(2),
            call(2, transfers=2),
            {"opened_at": at(2), "channel": "PHONE", "abandoned": True, "transfers": 1},
            {"opened_at": at(2), "channel": "EMAIL", "first_response_at": at(2, "10:00")},
            {"opened_at": at(2), "channel": "EMAIL", "transfers": 1},
        ],
        {"OURS": (1, 2), "GENESYS": (2, 3), "INTERCOM": (0, 1)},
        {
            "GENESYS": [("LEFT_OUT", "ABOVE", "It was not answered", 1)],
            "INTERCOM": [
                ("ABOVE", "LEFT_OUT", "No teammate has replied", 1),
                ("BELOW", "LEFT_OUT", "No teammate has replied", 1),
                ("LEFT_OUT", "BELOW", "Whether it was answered is unknown", 1),
            ],
        },
    ),
    Case(
        "REOPEN_RATE",
        "Never; on the third day, and again later, resolved twice since; after ten days; opened again and still open",
        [
            {"opened_at": at(2), "resolved_at": at(2, "10:00")},
            {
                "opened_at": at(2),
                "first_resolved_at": at(2, "10:00"),
                "reopened_at": f"{at(5)};{at(20)}",
                "resolved_at": at(21),
            },
            {"opened_at": at(2), "first_resolved_at": at(2, "10:00"), "reopened_at": at(12), "resolved_at": at(13)},
            {"opened_at": at(2), "resolved_at": at(2, "10:00"), "reopened_at": at(3)},
            LATER,
        ],
        {"OURS": (2, 4), "KAIZO": (3, 4), "FIVETRAN_ZENDESK": (3, 4)},
        {
            "KAIZO": [("BELOW", "ABOVE", "It was opened again after more", 1)],
            "FIVETRAN_ZENDESK": [
                ("ABOVE", "ABOVE", "It was solved again more than once", 1),
                ("ABOVE", "BELOW", "It was opened again, and not solved", 1),
                ("BELOW", "ABOVE", "It was opened again after more", 1),
            ],
        },
    ),
    Case(
        "CSAT",
        "5, 4, 3 and 1; and a promoter",
        [{"answered_at": at(2, f"0{score}:00"), "kind": "CSAT", "score": score} for score in (5, 4, 3, 1)]
        + [{"answered_at": at(2), "kind": "NPS", "score": 10}],
        {"OURS": (2, 4), "ZENDESK": (2, 4), "FREESCOUT": (1, 4), "SCOREBUDDY": (13, 4)},
        {
            "ZENDESK": [],
            "FREESCOUT": [],
            "SCOREBUDDY": [
                ("ABOVE", "ABOVE", "It adds its score", 2),
                ("BELOW", "ABOVE", "It gave 3 of 5 or less", 2),
            ],
        },
    ),
]
CASES = FIRST_CONTACT + TIMES + SHARES
