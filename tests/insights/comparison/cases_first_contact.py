"""Cases of whether the first contact was enough."""

from tests.insights.comparison.case import LATER, Case, at, call

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
