"""What this app's tables hold, and its files."""

from cxplatform.imports.forgetting import forget_texts, loading_since
from cxplatform.imports.models import ImportJob
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.leftovers import register_leftovers, register_under_way
from cxplatform.privacy.tags import harmless, untold

describe(
    ImportJob,
    {
        "kind": harmless("the name of a kind"),
        "format": harmless("csv or ndjson"),
        "file_name": harmless("made here, of the job's id"),
        "failure": untold("may quote a line, as its header"),
        "errors": untold("quote cells"),
    },
)
register_leftovers(forget_texts)
register_under_way(loading_since)
