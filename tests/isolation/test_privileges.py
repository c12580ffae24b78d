"""The privilege matrix: each role has its own schema, `ext` to use, and nothing else."""

from django.db import connections


def rows(statement: str, parameters: tuple[object, ...] = ()) -> list[tuple]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


ROLES = "SELECT rolname FROM pg_roles WHERE rolname = 'shared' OR rolname = ANY(%s)"


def planes(twins) -> list[str]:
    return ["shared", *sorted(brand.schema for brand in twins)]


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
        "OR r.rolname !~ '^b_[0-9a-f]{32}$')",
        (planes(twins),),
    )

    assert sorted(name for (name,) in memberships) == [*planes(twins)[1:], "shared"]


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


def test_no_function_of_ours_runs_with_its_owners_rights(twins):
    assert rows(
        "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE p.prosecdef AND n.nspname !~ '^(pg_|information_schema)'"
    ) == [(0,)]
