"""The privilege matrix: each role has its own schema, `ext` to use, and nothing else; an inbox's has less."""

from django.db import connections


def rows(statement: str, parameters: tuple[object, ...] = ()) -> list[tuple]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


ROLES = "SELECT rolname FROM pg_roles WHERE rolname = 'shared' OR rolname = ANY(%s)"


def planes(twins) -> list[str]:
    return ["shared", *sorted(brand.schema for brand in twins)]


def inboxes(twins) -> list[str]:
    return sorted(brand.inbox_role for brand in twins)


def test_usage_on_schemas_is_the_identity_plus_ext(twins):
    names = planes(twins)

    granted = rows(
        "SELECT r.rolname, n.nspname FROM pg_roles r, pg_namespace n "
        "WHERE r.rolname = ANY(%s) AND n.nspname !~ '^(pg_|information_schema)' "
        "AND has_schema_privilege(r.oid, n.oid, 'USAGE')",
        (names,),
    )

    assert sorted(granted) == sorted([(name, name) for name in names] + [(name, "ext") for name in names])


def test_no_role_may_create_in_any_schema(twins):
    names = [*planes(twins), "app_login", "cx_common"]

    granted = rows(
        "SELECT r.rolname, n.nspname FROM pg_roles r, pg_namespace n "
        "WHERE r.rolname = ANY(%s) AND n.nspname !~ '^pg_temp|^pg_toast_temp' "
        "AND has_schema_privilege(r.oid, n.oid, 'CREATE')",
        (names,),
    )

    assert granted == []


# What is added and read, and never changed: no role may touch a row of it again.
APPEND_ONLY = {"audit_event"}


def test_table_privileges_are_dml_on_the_own_schema_but_not_its_migration_record(twins):
    names = planes(twins)
    privileges = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]

    granted = rows(
        "SELECT r.rolname, n.nspname, c.relname, p FROM pg_roles r, pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(%s::text[]) p "
        "WHERE r.rolname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') "
        "AND n.nspname !~ '^(pg_|information_schema)' AND has_table_privilege(r.oid, c.oid, p)",
        (privileges, [*names, "app_login", "cx_common"]),
    )
    tables = rows("SELECT schemaname, tablename FROM pg_tables WHERE schemaname = ANY(%s)", (names,))
    expected = [
        (schema, schema, table, privilege)
        for schema, table in tables
        if table != "django_migrations"
        for privilege in (("SELECT", "INSERT") if table in APPEND_ONLY else privileges[:4])
    ]

    assert sorted(granted) == sorted(expected)
    assert len(expected) > 100


def test_the_login_owns_nothing_inherits_nothing_and_is_nobody_special(twins):
    flags = rows(
        "SELECT rolinherit, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolreplication "
        "FROM pg_roles WHERE rolname = 'app_login'"
    )
    owned = rows("SELECT relname FROM pg_class WHERE relowner = 'app_login'::regrole")

    assert flags == [(False,) * 6]
    assert owned == []


def test_the_login_may_become_each_plane_and_nobody_else(twins):
    memberships = rows(
        "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid "
        "WHERE m.member = 'app_login'::regrole AND (r.rolname = 'shared' OR r.rolname = ANY(%s) "
        "OR r.rolname = ANY(%s) OR r.rolname !~ '^[bs]_[0-9a-f]{32}$')",
        (planes(twins), inboxes(twins)),
    )

    assert sorted(name for (name,) in memberships) == sorted([*planes(twins), *inboxes(twins)])


def test_a_brands_role_is_a_member_of_the_common_role_alone(twins):
    memberships = rows(
        "SELECT DISTINCT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid "
        "JOIN pg_roles b ON b.oid = m.member WHERE b.rolname = ANY(%s)",
        (planes(twins),),
    )

    assert memberships == [("cx_common",)]


def test_everybody_has_no_right_on_the_database_or_on_public(twins):
    assert rows("SELECT has_database_privilege('cx_common', current_database(), 'CREATE')") == [(False,)]
    assert rows(
        "SELECT count(*) FROM pg_namespace n, aclexplode(n.nspacl) a "
        "WHERE a.grantee = 0 AND n.nspname !~ '^(pg_|information_schema)'"
    ) == [(0,)]
    assert rows(
        "SELECT count(*) FROM pg_database d, aclexplode(d.datacl) a "
        "WHERE a.grantee = 0 AND d.datname = current_database()"
    ) == [(0,)]


def test_no_function_of_ours_runs_with_its_owners_rights_but_the_look_ups_of_inboxes(twins):
    found = rows(
        "SELECT n.nspname, p.proname, p.proconfig FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE p.prosecdef AND n.nspname !~ '^(pg_|information_schema)' AND n.nspname = ANY(%s)",
        (planes(twins),),
    )
    anywhere_else = rows(
        "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE p.prosecdef AND n.nspname !~ '^(pg_|information_schema|b_)'"
    )

    assert sorted(found) == sorted(
        (brand.schema, "survey_page", [f"search_path={brand.schema}, pg_temp"]) for brand in twins
    )
    assert anywhere_else == [(0,)]


def test_an_inboxs_role_may_add_to_the_inbox_look_up_and_nothing_else(twins):
    privileges = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    ours = "n.nspname !~ '^(pg_|information_schema)'"

    tables = rows(
        "SELECT r.rolname, n.nspname, c.relname, p FROM pg_roles r, pg_class c "
        "JOIN pg_namespace n ON n.oid = c.relnamespace, unnest(%s::text[]) p WHERE r.rolname = ANY(%s) "
        f"AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {ours} AND (has_table_privilege(r.oid, c.oid, p) "
        "OR p IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(r.oid, c.oid, p))",
        (privileges, inboxes(twins)),
    )
    # What everybody may call of the extension lies in a schema that the role may not use.
    functions = rows(
        "SELECT r.rolname, n.nspname, f.proname FROM pg_roles r, pg_proc f JOIN pg_namespace n "
        f"ON n.oid = f.pronamespace WHERE r.rolname = ANY(%s) AND {ours} "
        "AND has_schema_privilege(r.oid, n.oid, 'USAGE') AND has_function_privilege(r.oid, f.oid, 'EXECUTE')",
        (inboxes(twins),),
    )
    schemas = rows(
        f"SELECT r.rolname, n.nspname FROM pg_roles r, pg_namespace n WHERE r.rolname = ANY(%s) AND {ours} "
        "AND has_schema_privilege(r.oid, n.oid, 'USAGE')",
        (inboxes(twins),),
    )
    others = rows(
        "SELECT count(*) FROM pg_roles r WHERE r.rolname = ANY(%s) AND (r.rolcanlogin OR r.rolsuper OR r.rolcreaterole "
        "OR r.rolcreatedb OR r.rolbypassrls OR has_database_privilege(r.oid, current_database(), 'CREATE, TEMP') "
        "OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid))",
        (inboxes(twins),),
    )

    pairs = [(brand.inbox_role, brand.schema) for brand in twins]
    assert sorted(tables) == sorted((*pair, "surveys_pageentry", "INSERT") for pair in pairs)
    assert sorted(functions) == sorted((*pair, "survey_page") for pair in pairs)
    assert (sorted(schemas), others) == (sorted(pairs), [(0,)])


def test_a_brands_own_role_may_not_call_the_look_up(twins):
    assert rows(
        "SELECT count(*) FROM pg_proc f, pg_roles r WHERE f.proname = 'survey_page' AND r.rolname = ANY(%s) "
        "AND has_function_privilege(r.oid, f.oid, 'EXECUTE')",
        ([*planes(twins), "app_login", "cx_common"],),
    ) == [(0,)]
