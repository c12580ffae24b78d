"""Cases of shares and of satisfaction."""

from tests.insights.comparison.case import LATER, Case, at, call

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
