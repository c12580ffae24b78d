"""Small files whose numbers fit in one's head, imported over HTTP and asked over GraphQL."""

from tests.flows.client import NDJSON, Client

CALLS = b"""\
external_id,channel,opened_at,customer,reason,wait_seconds,answered,abandoned,talk_seconds,after_call_seconds
1,PHONE,2026-03-02T09:00:00,ana,Returns/Policy,10,true,false,100,20
2,PHONE,2026-03-02T10:00:00,ben,Returns/Policy,20,true,false,200,
3,PHONE,2026-03-02T23:30:00,cid,Delivery,90,true,false,300,60
4,PHONE,2026-03-03T00:30:00,dot,Delivery,5,false,true,,
5,PHONE,2026-03-03T09:00:00,eve,Delivery,60,false,true,,
6,PHONE,2026-03-05T09:00:00,ana,Returns/Policy,15,true,false,120,0
7,PHONE,2026-03-20T09:00:00,ana,Delivery,0,true,false,60,0
8,PHONE,2026-03-25T25:00:00,ana,Delivery,0,true,false,60,0
"""
# Opened from 2 to 4 March in New York: calls 1 to 5. Half past midnight there is still the day before in no zone west.
MARCH_2_3 = {"from": "2026-03-02T00:00:00-05:00", "to": "2026-03-04T00:00:00-05:00"}
CALLS_QUESTION = """
query Days($window: WindowInput!, $first: WindowInput!) {
  volume: metric(key: VOLUME, window: $window) { value }
  firstDay: metric(key: VOLUME, window: $first) { value }
  level: metric(key: SERVICE_LEVEL, window: $window) { value numerator denominator }
  abandonment: metric(key: ABANDONMENT, window: $window, variant: "SHORT_EXCLUDED") { value numerator denominator }
  handling: metric(key: AHT, window: $window) { value numerator denominator }
  firstContacts: metric(key: FCR_REPEAT, window: $window) { value numerator denominator provisional }
  byReason: metricBreakdown(key: VOLUME, window: $window, groupBy: REASON) { key metric { value } }
}
"""


def test_five_calls_of_two_days(acme_client: Client) -> None:
    first = MARCH_2_3 | {"to": "2026-03-03T00:00:00-05:00"}

    fared = acme_client.load("interactions", CALLS)
    numbers = acme_client.ask(CALLS_QUESTION, window=MARCH_2_3, first=first)

    assert fared == {"rows": 8, "accepted": 7, "updated": 0, "duplicates": 0, "rejected": 1}
    assert (numbers["volume"]["value"], numbers["firstDay"]["value"]) == (5, 3)
    # 10 s and 20 s are in time, 90 s and both who gave up are not.
    assert numbers["level"] == {"value": 0.4, "numerator": 2, "denominator": 5}
    # Of the four that count, one gave up after a minute; the one after 5 s was short.
    assert numbers["abandonment"] == {"value": 0.25, "numerator": 1, "denominator": 4}
    # (120 + 200 + 360) / 3
    assert numbers["handling"]["numerator"] == 680
    assert round(numbers["handling"]["value"], 3) == 226.667
    # Ana called again on the 5th on the same matter; Ben and Cid did not.
    assert numbers["firstContacts"]["numerator"] == 2
    assert numbers["firstContacts"]["denominator"] == 3
    assert numbers["firstContacts"]["provisional"] is False
    assert [(part["key"], part["metric"]["value"]) for part in numbers["byReason"]] == [
        ("Delivery", 3),
        ("Returns/Policy", 2),
    ]


ANSWERS = b"""\
{"external_id": "a1", "survey": "nps", "kind": "NPS", "score": 10, "answered_at": "2026-03-02T09:00:00Z"}
{"external_id": "a2", "survey": "nps", "kind": "NPS", "score": 9, "answered_at": "2026-03-03T09:00:00Z"}
{"external_id": "a3", "survey": "nps", "kind": "NPS", "score": 7, "answered_at": "2026-03-04T09:00:00Z"}
{"external_id": "a4", "survey": "nps", "kind": "NPS", "score": 6, "answered_at": "2026-03-05T09:00:00Z"}
{"external_id": "a5", "survey": "csat", "kind": "CSAT", "score": 5, "answered_at": "2026-03-05T09:00:00Z"}
{"external_id": "a6", "survey": "csat", "kind": "CSAT", "score": 3, "answered_at": "2026-03-05T09:00:00Z"}
{"external_id": "a7", "survey": "csat", "kind": "CSAT", "score": 6, "answered_at": "2026-03-05T09:00:00Z"}
"""
CORRECTION = b"""\
{"external_id": "a4", "survey": "nps", "kind": "NPS", "score": 8, "answered_at": "2026-03-05T09:00:00Z"}
"""
MARCH = {"from": "2026-03-01T00:00:00-05:00", "to": "2026-04-01T00:00:00-04:00"}
ANSWERS_QUESTION = """
query March($window: WindowInput!) {
  nps: metric(key: NPS, window: $window) { value sampleSize unit }
  csat: metric(key: CSAT, window: $window) { value sampleSize unit }
  ease: metric(key: CES_7, window: $window) { value sampleSize unit }
}
"""


def test_seven_answers_and_one_thought_better_of(acme_client: Client) -> None:
    fared = acme_client.load("survey-responses", ANSWERS, content_type=NDJSON)
    numbers = acme_client.ask(ANSWERS_QUESTION, window=MARCH)
    corrected = acme_client.load("survey-responses", CORRECTION, content_type=NDJSON)
    numbers_then = acme_client.ask(ANSWERS_QUESTION, window=MARCH)

    assert fared == {"rows": 7, "accepted": 6, "updated": 0, "duplicates": 0, "rejected": 1}
    # Two promoters, one detractor, of four.
    assert numbers["nps"] == {"value": 25, "sampleSize": 4, "unit": "POINTS"}
    assert numbers["csat"] == {"value": 0.5, "sampleSize": 2, "unit": "FRACTION"}
    assert numbers["ease"] == {"value": None, "sampleSize": 0, "unit": "SCORE"}
    assert corrected == {"rows": 1, "accepted": 0, "updated": 1, "duplicates": 0, "rejected": 0}
    assert numbers_then["nps"] == {"value": 50, "sampleSize": 4, "unit": "POINTS"}
