"""The demo's brands, people, keys and data, made if they are not there."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from apps.accounts.models import Brand
from config.demo.campaigns import ensure_campaigns
from config.demo.cast import ensure_cast, ensure_whole
from config.demo.demo_file import write_demo_file
from config.demo.frictions import ensure_frictions
from config.demo.goals import ensure_goals
from config.demo.handed import ensure_handed
from config.demo.mapped import ensure_mapped
from config.demo.people import ensure_people
from config.demo.promises import ensure_promised
from config.demo.story.plans import Plan
from config.demo.surveys import ensure_surveys
from config.demo.telling import Say, ensure_counted, ensure_staged, ensure_told
from config.demo.themes import ensure_themes


def make_demo(plans: Sequence[Plan], demo_file: Path, *, port: int, live_port: int, now: datetime, say: Say) -> None:
    """Make what is missing and keep what is there; a run that was killed is finished by the next.

    Raises: Conflict when a brand is there that the demo did not make, or cannot be made or loaded.
    """
    cast, whole = ensure_cast(plans, now), {}
    for plan in plans:
        brand = ensure_whole(plan.slug, now)
        if brand.status == Brand.Status.ACTIVE:
            whole[plan] = brand
            ensure_told(plan, brand, agent=cast.brands[plan.slug]["agent"], now=now, say=say)
        else:
            say(f"  {plan.slug}: {brand.status.lower()}, left as it is")
    tokens = write_demo_file(demo_file, cast, port=port, live_port=live_port, now=now)
    for plan, brand in whole.items():
        ensure_promised(plan, tokens[plan.slug], now)
        ensure_mapped(plan, tokens[plan.slug], now)
        ensure_goals(plan, tokens[plan.slug], now)
        ensure_surveys(plan, tokens[plan.slug], now)
        ensure_people(plan, tokens[plan.slug], now)
        ensure_handed(plan, brand, tokens[plan.slug], now, say)
        ensure_staged(brand)
        ensure_campaigns(plan, tokens[plan.slug], now)
        ensure_themes(brand, now)
        ensure_counted(brand, now, say)
        ensure_frictions(plan, tokens[plan.slug], now)
