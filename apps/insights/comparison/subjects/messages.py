"""Contacts with what of their messages vendors ask about."""

# Whether a customer wrote is asked of the thread; an agent's second message, of the contacts that we began.
WITH_MESSAGES = """(
    SELECT i.*, w.first_customer_at, h.second_human_at
    FROM interactions_interaction i
    LEFT JOIN LATERAL (
        SELECT m.at AS first_customer_at FROM interactions_message m
        WHERE m.source = i.source AND m.interaction_external_id = i.external_id AND m.author = 'CUSTOMER'
        ORDER BY m.at, m.id LIMIT 1
    ) w ON TRUE
    LEFT JOIN LATERAL (
        SELECT m.at AS second_human_at FROM interactions_message m
        WHERE i.direction = 'OUTBOUND' AND m.author = 'HUMAN' AND m.public
          AND m.source = i.source AND m.interaction_external_id = i.external_id
        ORDER BY m.at, m.id OFFSET 1 LIMIT 1
    ) h ON TRUE
) f"""

FIRST_CUSTOMER_AT = "coalesce(f.first_customer_at, f.opened_at)"
