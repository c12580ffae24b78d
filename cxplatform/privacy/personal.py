"""What this app's tables hold."""

from cxplatform.privacy.catalogue import describe
from cxplatform.privacy.models import Erasure

describe(Erasure, {}, about="subject_id")
