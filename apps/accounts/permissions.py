"""Who may do what: the permission table, stated here and nowhere else."""

from enum import StrEnum


class Role(StrEnum):
    PROVIDER_ADMIN = "PROVIDER_ADMIN"
    SUPERVISOR = "SUPERVISOR"
    AGENT = "AGENT"
    BRAND_ADMIN = "BRAND_ADMIN"
    ANALYST = "ANALYST"
    VIEWER = "VIEWER"


PROVIDER_ROLES = (Role.PROVIDER_ADMIN, Role.SUPERVISOR, Role.AGENT)
BRAND_ROLES = (Role.BRAND_ADMIN, Role.ANALYST, Role.VIEWER)


class Permission(StrEnum):
    METRICS = "METRICS"
    METRICS_BY_AGENT = "METRICS_BY_AGENT"
    DRILL_DOWN = "DRILL_DOWN"
    PERSONAL_DATA = "PERSONAL_DATA"
    RECORD = "RECORD"
    IMPORT = "IMPORT"
    EXPORT = "EXPORT"
    CONFIGURE = "CONFIGURE"
    READ_CONFIGURATION = "READ_CONFIGURATION"
    MANAGE = "MANAGE"
    READ_MANAGEMENT = "READ_MANAGEMENT"
    MANAGE_BRANDS = "MANAGE_BRANDS"


_P = Permission
_EVERYBODY = {_P.METRICS, _P.READ_CONFIGURATION}
_WORKS = {_P.DRILL_DOWN, _P.PERSONAL_DATA, _P.RECORD}
_OVERSEES = _EVERYBODY | _WORKS | {_P.METRICS_BY_AGENT, _P.IMPORT, _P.EXPORT, _P.READ_MANAGEMENT}

# An AGENT's metrics, drill-down and personal data are its own work's alone: `only_own_work` says so.
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PROVIDER_ADMIN: frozenset(_OVERSEES | {_P.CONFIGURE, _P.MANAGE, _P.MANAGE_BRANDS}),
    Role.SUPERVISOR: frozenset(_OVERSEES),
    Role.AGENT: frozenset(_EVERYBODY | _WORKS),
    Role.BRAND_ADMIN: frozenset(_OVERSEES | {_P.CONFIGURE, _P.MANAGE}),
    Role.ANALYST: frozenset(_EVERYBODY | {_P.DRILL_DOWN, _P.EXPORT}),
    Role.VIEWER: frozenset(_EVERYBODY),
}

# What a key of scope READ may still do.
READ_ONLY = frozenset(
    {
        _P.METRICS,
        _P.METRICS_BY_AGENT,
        _P.DRILL_DOWN,
        _P.PERSONAL_DATA,
        _P.EXPORT,
        _P.READ_CONFIGURATION,
        _P.READ_MANAGEMENT,
    }
)


def only_own_work(role: Role) -> bool:
    """Tell whether the role sees only what it handled itself."""
    return role is Role.AGENT
