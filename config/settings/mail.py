"""How e-mail leaves: by SMTP, or by a provider that anymail knows (docs/sending.md tells each setting)."""

from typing import Any

from config.settings.environment import Environment

env = Environment()

_url: dict[str, Any] = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_HOST = _url["EMAIL_HOST"] or "localhost"
EMAIL_PORT = _url["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _url["EMAIL_HOST_USER"] or ""
EMAIL_HOST_PASSWORD = _url["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS = bool(_url.get("EMAIL_USE_TLS"))
EMAIL_USE_SSL = bool(_url.get("EMAIL_USE_SSL"))
EMAIL_FILE_PATH = _url["EMAIL_FILE_PATH"] or None
# Less than a job's lease.
EMAIL_TIMEOUT = 20

CX_EMAIL_PROVIDER = env.str("CX_EMAIL_PROVIDER", default="")
EMAIL_BACKEND = f"anymail.backends.{CX_EMAIL_PROVIDER}.EmailBackend" if CX_EMAIL_PROVIDER else _url["EMAIL_BACKEND"]
# ANYMAIL_POSTMARK_SERVER_TOKEN and the like, or files that hold them, by the names of anymail's own settings.
_NAMES = {name.removesuffix("_FILE") for name in env.ENVIRON if name.startswith("ANYMAIL_")}
ANYMAIL: dict[str, str | bool] = {name.removeprefix("ANYMAIL_"): env.str(name) for name in _NAMES}
ANYMAIL["IGNORE_UNSUPPORTED_FEATURES"] = True
