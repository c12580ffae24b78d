"""What this app's tables hold."""

from cxplatform.dirty.models import DirtyMark
from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.tags import harmless

describe(DirtyMark, {"topic": harmless("the name of a fact")})
