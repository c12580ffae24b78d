"""Make a brand's role, schema, tables and grants, all in one transaction of the owner's."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cxplatform.tenancy import fleet, owner, roles, template
from cxplatform.tenancy.brand import schema_name
from cxplatform.tenancy.schemas import brand_head, grant_tables


def make_brand(brand_id: UUID, activate: str, parameters: Sequence[datetime | UUID]) -> None:
    """Make the brand whole and run `activate` (one statement of the caller's) in the same transaction.

    Either everything is there and the brand is active, or nothing is.
    """
    schema = schema_name(brand_id)
    login, _ = owner.login_of_application()
    template.bring_to_head()
    with owner.owner_tx(schema) as cursor:
        roles.make_schema(cursor, schema, login=login)
        template.copy_to(cursor, schema)
        grant_tables(cursor, schema)
        fleet.write_state(cursor, brand_id, brand_head(), "AT_HEAD", "")
        cursor.execute(activate, parameters)
