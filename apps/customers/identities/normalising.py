"""How e-mail addresses and telephone numbers are written alike, in the database, where they are indexed so."""

from typing import Any, Final

from django.db.models import CharField, Func, Value
from django.db.models.functions import Lower, Trim

PLAIN_EMAIL: Final = Lower(Trim("email"))
# Digits alone, without what stands before the first that says something: +49 30 and 0049 30 are alike, 030 is not.
PLAIN_PHONE: Final[Any] = Func(
    "phone", Value("^[^1-9]+|[^0-9]"), Value(""), Value("g"), function="regexp_replace", output_field=CharField()
)
