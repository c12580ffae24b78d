"""What customers of a demo brand said in words, with the themes in it: looked for once, as is done every day."""

from datetime import datetime

from apps.surveys.feedback.deriving import derive_marked
from apps.surveys.feedback.looking import JOB_KIND
from apps.surveys.models import Theme
from cxplatform.jobs.models import Job, JobState
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx


def ensure_themes(brand: BrandRef, now: datetime) -> None:
    """Make the brand's feedback of what is stored, and find its themes, if there are none.

    Languages and sentiments are left to the worker, whose models take longer to load than all this.
    """
    with brand_tx(brand, read_only=True):
        if Theme.objects.exists():
            return
    while derive_marked(brand):
        pass
    # Reckons with numpy, which a demo that is there need not load.
    from apps.surveys.feedback.themes.looking import look_for_themes  # noqa: PLC0415

    with brand_tx(brand, statement_timeout_ms=60_000):
        look_for_themes(now)
        # The next look is a day later: a worker that looked at once would move pieces that fit two themes.
        looked = {"run_after": now, "created_at": now, "started_at": now, "finished_at": now}
        Job.objects.create(kind=JOB_KIND, state=JobState.DONE, **looked)
