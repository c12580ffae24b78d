"""The permission table of the contract, row by row."""

import pytest

from apps.accounts.permissions import PERMISSIONS, READ_ONLY, Permission, Role

P = Permission
TABLE = {
    #                     metrics  by agent  drill  personal  record  import  export  configure  manage  brands
    Role.PROVIDER_ADMIN: (True, True, True, True, True, True, True, True, True, True),
    Role.SUPERVISOR: (True, True, True, True, True, True, True, False, False, False),
    Role.AGENT: (True, False, True, True, True, False, False, False, False, False),
    Role.BRAND_ADMIN: (True, True, True, True, True, True, True, True, True, False),
    Role.ANALYST: (True, False, True, False, False, False, True, False, False, False),
    Role.VIEWER: (True, False, False, False, False, False, False, False, False, False),
}
COLUMNS = (
    P.METRICS, P.METRICS_BY_AGENT, P.DRILL_DOWN, P.PERSONAL_DATA, P.RECORD, P.IMPORT, P.EXPORT, P.CONFIGURE, P.MANAGE,
    P.MANAGE_BRANDS,
)  # fmt: skip


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_what_the_contract_says(role):
    assert tuple(permission in PERMISSIONS[role] for permission in COLUMNS) == TABLE[role]


@pytest.mark.parametrize("role", list(Role))
def test_every_role_reads_surveys_journeys_and_reasons(role):
    assert P.READ_CONFIGURATION in PERMISSIONS[role]


def test_members_and_keys_are_read_by_those_who_oversee():
    readers = {role for role in Role if P.READ_MANAGEMENT in PERMISSIONS[role]}

    assert readers == {Role.PROVIDER_ADMIN, Role.SUPERVISOR, Role.BRAND_ADMIN}


def test_a_read_only_key_writes_nothing():
    assert READ_ONLY.isdisjoint({P.RECORD, P.IMPORT, P.CONFIGURE, P.MANAGE, P.MANAGE_BRANDS})
