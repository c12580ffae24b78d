"""Cases of how long things took."""

from tests.insights.comparison.case import Case, at, call

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
