"""When a person first replied, as far as a row knows: events tell it, an imported row the reply of who handled it."""

FIRST_HUMAN_RESPONSE_AT = (
    "CASE WHEN f.timing_source = 'EVENTS' THEN f.first_human_response_at"
    " ELSE coalesce(f.first_human_response_at, CASE WHEN f.handled_by = 'HUMAN' THEN f.first_response_at END) END"
)
