"""What this app's tables hold, and its files."""

from cxplatform.exports.models import ExportJob
from cxplatform.exports.retention import exporting_since, forget_exports
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.leftovers import register_leftovers, register_under_way
from cxplatform.privacy.tags import harmless, staff, untold

describe(
    ExportJob,
    {
        "kind": harmless("the name of a kind"),
        "columns": harmless("names of columns"),
        "failure": untold("what a program said of a row"),
        "token_hash": harmless("of a random token"),
        "asked_by": staff("who asked for it"),
    },
)
register_leftovers(forget_exports)
register_under_way(exporting_since)
