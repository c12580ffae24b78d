"""What one GraphQL request may be and may cost (docs/limits.md tells each and why)."""

from config.settings.environment import Environment

env = Environment()

CX_MAX_BODY_BYTES = env.int("CX_MAX_BODY_BYTES", default=256 * 1024)
CX_MAX_TOKENS = env.int("CX_MAX_TOKENS", default=3_000)
CX_MAX_DEPTH = env.int("CX_MAX_DEPTH", default=12)
# The introspection of common tools is 15 deep, a chain of `ofType`; it ends at the schema, so it may.
CX_MAX_INTROSPECTION_DEPTH = env.int("CX_MAX_INTROSPECTION_DEPTH", default=20)
CX_MAX_ALIASES = env.int("CX_MAX_ALIASES", default=30)
CX_MAX_DIRECTIVES = env.int("CX_MAX_DIRECTIVES", default=20)
CX_MAX_FRAGMENT_DEPTH = env.int("CX_MAX_FRAGMENT_DEPTH", default=10)
CX_MAX_OPERATIONS = env.int("CX_MAX_OPERATIONS", default=10)
CX_MAX_COST = env.int("CX_MAX_COST", default=5_000)

CX_THROTTLE = env.str("CX_THROTTLE", default="on").lower() != "off"
CX_THROTTLE_KEY_POINTS = env.int("CX_THROTTLE_KEY_POINTS", default=10_000)
CX_THROTTLE_KEY_POINTS_A_SECOND = env.int("CX_THROTTLE_KEY_POINTS_A_SECOND", default=2_000)
CX_THROTTLE_BRAND_POINTS = env.int("CX_THROTTLE_BRAND_POINTS", default=30_000)
CX_THROTTLE_BRAND_POINTS_A_SECOND = env.int("CX_THROTTLE_BRAND_POINTS_A_SECOND", default=4_000)
CX_THROTTLE_ADDRESS_ATTEMPTS = env.int("CX_THROTTLE_ADDRESS_ATTEMPTS", default=300)
CX_THROTTLE_ADDRESS_ATTEMPTS_A_SECOND = env.int("CX_THROTTLE_ADDRESS_ATTEMPTS_A_SECOND", default=5)
# In one web process; below its threads, so that one brand's slow requests leave some to the others.
CX_BRAND_SEATS = env.int("CX_BRAND_SEATS", default=6)
CX_TRUSTED_PROXIES: list[str] = env.list("CX_TRUSTED_PROXIES", default=[])
