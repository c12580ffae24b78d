"""Which model estimates: the one whose dotted path is in CX_ENRICHER. Loading one takes a while: only workers do."""

from functools import lru_cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from apps.surveys.enrichment.enricher import Enricher


@lru_cache(maxsize=1)
def enricher() -> Enricher:
    """Return the model that is set, loaded once a process."""
    return cast(Enricher, import_string(settings.CX_ENRICHER)())
