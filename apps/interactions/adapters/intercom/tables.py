"""The tables of Intercom's export, as Fivetran names them: a row for each state that a conversation was in."""

from typing import Final

from apps.interactions.adapters.tables import Table

CONTACTS: Final = Table("contact_history", needs=("id", "updated_at"))
TEAMS: Final = Table("team", needs=("id", "name"))
MEMBERS: Final = Table("team_admin", needs=("admin_id", "team_id"))
CONVERSATIONS: Final = Table("conversation_history", needs=("id", "created_at", "updated_at", "state", "source_type"))
PARTS: Final = Table("conversation_part_history", needs=("id", "conversation_id", "part_type", "created_at"))
PEOPLE: Final = Table("conversation_contact_history", needs=("contact_id", "conversation_id"))

ALL: Final = (CONTACTS, TEAMS, MEMBERS, CONVERSATIONS, PARTS, PEOPLE)
