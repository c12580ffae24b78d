"""Make dirty days anew, a bounded batch a transaction, one recompute of a brand at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from apps.interactions.commands.openings import lay_out_further
from apps.metrics import making, rows
from apps.metrics.definitions.facts.fact import Fact
from apps.metrics.definitions.registry import FACTS, fingerprint
from apps.metrics.models import Watermark
from apps.metrics.topics import tell_remade
from apps.metrics.windows import day_of, day_start
from cxplatform.dirty.models import DirtyMark
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx

TOPICS = tuple(dict.fromkeys(fact.topic for fact in FACTS))
MOST_DAYS = 60
MOST_MARKS = 20_000
TIMEOUT_MS = 60_000


def recompute(brand: BrandRef, *, now: datetime) -> bool:
    """Make a batch of at most 60 dirty days a topic anew, in one door; return whether more are left.

    Marks are read after the lock is held and only those read are deleted, so what is written meanwhile
    leaves marks for the next batch. Nothing is ever added to: running twice changes nothing.
    """
    with brand_tx(brand, statement_timeout_ms=TIMEOUT_MS):
        making.lock()
        lay_out_further(now=now)
        _begin([fact for fact in FACTS if _is_made_differently(fact)], brand.zone)
        done = [_remake(topic, brand.zone, now) for topic in TOPICS]
        tell_remade(brand.id, [batch.topic for batch in done if batch.days])
        return any(batch.more for batch in done)


def recompute_all(brand: BrandRef, *, now: datetime) -> int:
    """Make batches until no dirty day is left; return how many batches it took."""
    batches = 1
    while recompute(brand, now=now):
        batches += 1
    return batches


def rebuild(brand: BrandRef) -> None:
    """Throw all rollups away and mark every day dirty; until they are made again, numbers come from the rows."""
    with brand_tx(brand, statement_timeout_ms=TIMEOUT_MS):
        making.lock()
        _begin(FACTS, brand.zone)


def _is_made_differently(fact: Fact) -> bool:
    made = Watermark.objects.filter(fact=fact.key).values_list("layout", flat=True).first()
    return made not in (fingerprint(fact.key), _building(fact))


def _begin(facts: Sequence[Fact], zone: ZoneInfo) -> None:
    """Forget what is stored of some facts and mark every day of their topics dirty, once each."""
    for fact in facts:
        making.forget(fact)
        Watermark.objects.update_or_create(fact=fact.key, defaults={"layout": _building(fact)})
    for topic, fact in {fact.topic: fact for fact in facts}.items():
        extent = rows.extent(fact)
        if extent is not None:
            first, last = (day_of(moment, zone) for moment in extent)
            days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
            DirtyMark.objects.bulk_create(DirtyMark(topic=topic, day=day) for day in days)


def _building(fact: Fact) -> str:
    """Return the layout of a fact that is being made; no reader takes it for its own."""
    return f"building {fingerprint(fact.key)}"


@dataclass(frozen=True)
class _Batch:
    """What was made anew of a topic, and whether more days of it are left."""

    topic: str
    days: list[date]
    more: bool


def _remake(topic: str, zone: ZoneInfo, now: datetime) -> _Batch:
    marks = DirtyMark.objects.filter(topic=topic)
    days = list(marks.order_by("day").values_list("day", flat=True).distinct()[: MOST_DAYS + 1])
    batch = days[:MOST_DAYS]
    done = list(marks.filter(day__in=batch).values_list("id", flat=True)[:MOST_MARKS]) if batch else []
    more = len(days) > MOST_DAYS or len(done) == MOST_MARKS
    for fact in (fact for fact in FACTS if fact.topic == topic):
        for first, last in runs(touched(fact, batch, zone), gap=2 * fact.reach.days + 1):
            making.replace(fact, first, last, zone)
        _note(fact, now, complete=not more)
    marks.filter(id__in=done).delete()
    return _Batch(topic, batch, more)


def touched(fact: Fact, days: Iterable[date], zone: ZoneInfo) -> set[date]:
    """Return the days whose numbers hang on these: themselves, and as far around as the fact's rows look."""
    found: set[date] = set()
    for day in days:
        first = day_of(day_start(day, zone) - fact.reach, zone)
        last = day_of(day_start(day + timedelta(days=1), zone) + fact.reach - timedelta(microseconds=1), zone)
        found.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return found


def runs(days: Iterable[date], *, gap: int) -> list[tuple[date, date]]:
    """Join days into runs, first and last, across gaps that are cheaper to make anew than to step over."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and (day - found[-1][1]).days <= gap:
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def _note(fact: Fact, now: datetime, *, complete: bool) -> None:
    """Note how far events reach, and that a fact being made is complete once no dirty day is left."""
    watermark = Watermark.objects.get(fact=fact.key)
    watermark.latest = rows.latest(fact, now)
    if complete:
        watermark.layout = fingerprint(fact.key)
    watermark.save()
