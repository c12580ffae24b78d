"""The tables of Zendesk's exports, and the objects of its API under the same names."""

from typing import Final

from apps.interactions.adapters.tables import Table

USERS: Final = Table("user", needs=("id", "role"), array="users")
GROUPS: Final = Table("group", needs=("id", "name"), array="groups")
TICKETS: Final = Table("ticket", needs=("id", "created_at", "status"), array="tickets")
HISTORY: Final = Table("ticket_field_history", needs=("ticket_id", "field_name", "updated", "value"))
COMMENTS: Final = Table("ticket_comment", needs=("ticket_id", "created", "public", "user_id"))
CHATS: Final = Table("ticket_chat", needs=("ticket_id", "channel"))
EVENTS: Final = Table("ticket_event", needs=("ticket_id", "created_at", "child_events"), array="ticket_events")
RATINGS: Final = Table("satisfaction_rating", needs=("id", "score", "ticket_id"), array="satisfaction_ratings")

ALL: Final = (USERS, GROUPS, TICKETS, HISTORY, COMMENTS, CHATS, EVENTS, RATINGS)
