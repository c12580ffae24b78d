"""What departments of a demo brand handed to each other, and what became of what was promised."""

from datetime import datetime, timedelta

from apps.accounts.authentication import authenticate
from apps.journeys import commands
from apps.journeys.ledger.renewal import renew
from apps.journeys.models import Handoff, PromiseOutcome
from config.demo.story import dana
from config.demo.story.handoffs import LAST_HANDOFF, LOGISTICS
from config.demo.story.plans import Plan
from config.demo.story.purchases import DELIVERY_PROMISE
from config.demo.story.story import Story
from config.demo.telling import Say, load, told_on
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx


def ensure_handed(plan: Plan, brand: BrandRef, token: str, now: datetime, say: Say) -> None:
    """Load the hand-offs if they are not there, once departments are, and judge every promise.

    Rows loaded by a run that was killed are duplicates now.
    """
    with brand_tx(brand, read_only=True):
        told = Handoff.objects.filter(external_id=LAST_HANDOFF).exists()
    if not told:
        job = load(brand, *Story(plan, told_on(brand, now)).handoffs(), now)
        say(f"  {brand.slug}: {job.rows:,} handoffs")
    while renew(brand):
        pass
    _ensure_repaired(plan, brand, token)


def _ensure_repaired(plan: Plan, brand: BrandRef, token: str) -> None:
    """Say, by the administrator's key, that Dana's late parcel was made good the day after she called."""
    admin, _ = authenticate(f"Bearer {token}")
    with brand_tx(brand):
        hers = PromiseOutcome.objects.filter(customer__external_id=dana.KEY, promise__key=DELIVERY_PROMISE)
        broken = hers.filter(outcome="BROKEN", repair=None).first()
        if broken is not None:
            at = broken.occurred_at + timedelta(days=2)
            commands.record_promise_repair(
                actor=admin,
                outcome_id=broken.id,
                repair=commands.Repair(LOGISTICS, at),
                note=plan.words.DANA_REPAIR,
                now=at + timedelta(hours=1),
            )
