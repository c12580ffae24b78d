"""Look for themes in what was said lately, and store them. What people decided about themes stays."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Min, Q

from apps.surveys.feedback.themes.grouping import Group, Known, groups_of
from apps.surveys.feedback.themes.locking import lock_themes
from apps.surveys.feedback.themes.matching import matched
from apps.surveys.feedback.themes.words import Piece, weigh
from apps.surveys.models import FeedbackItem, Theme
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import table_column

# How much is looked at: what was said in half a year, and of that no more than so many pieces.
LOOKED_BACK: Final = timedelta(days=183)
MOST_PIECES: Final = 5_000
_IN_NAME: Final = 3


def look_for_themes(now: datetime) -> None:
    """Find what feedback speaks of, in the open door; a theme that is found again keeps its id."""
    lock_themes()
    said = FeedbackItem.objects.filter(
        text__isnull=False, theme_by_hand=False, occurred_at__gte=now - LOOKED_BACK, occurred_at__lte=now
    )
    items = list(said.select_related("customer").order_by("-occurred_at", "-id")[:MOST_PIECES])
    pieces = [_piece(item) for item in items]
    themes = list(Theme.objects.order_by("first_seen", "id"))
    known = [Known(tuple(theme.terms), theme.pinned and theme.merged_into_id is None) for theme in themes]
    groups = groups_of(pieces, weigh(pieces), known) if items else []
    theirs = _themes_of(groups, themes, now)
    _assign(items, groups, theirs)
    _note_first_seen([theme for theme in theirs if theme is not None])
    _forget_empty()


def _piece(item: FeedbackItem) -> Piece:
    name = item.customer.name if item.customer is not None else None
    return Piece(item.text or "", item.customer_id, name or "")


def _themes_of(groups: Sequence[Group], themes: Sequence[Theme], now: datetime) -> list[Theme]:
    """Return the theme of each group: a held one, one of before, what took that in, or a new one."""
    free = [theme for theme in themes if not (theme.pinned and theme.merged_into_id is None)]
    loose = [place for place, group in enumerate(groups) if group.held is None]
    again = matched([groups[place].terms for place in loose], [theme.terms for theme in free])
    before = {loose[place]: free[other] for place, other in again.items()}
    by_id = {theme.pk: theme for theme in themes}
    found = []
    for place, group in enumerate(groups):
        theme = themes[group.held] if group.held is not None else before.get(place)
        if theme is None:
            theme = Theme(name=_name(group), terms=list(group.terms), first_seen=now, created_at=now, updated_at=now)
            theme.save(force_insert=True)
        elif group.held is None and theme.merged_into_id is None:
            _renew(theme, group, now)
        while theme.merged_into_id is not None:
            theme = by_id[theme.merged_into_id]
        found.append(theme)
    return found


def _renew(theme: Theme, group: Group, now: datetime) -> None:
    name = theme.name if theme.named_by_hand else _name(group)
    if (theme.name, theme.terms) != (name, list(group.terms)):
        theme.name, theme.terms, theme.updated_at = name, list(group.terms), now
        theme.save()


def _name(group: Group) -> str:
    return ", ".join(group.terms[:_IN_NAME])


def _assign(items: Sequence[FeedbackItem], groups: Sequence[Group], themes: Sequence[Theme]) -> None:
    wanted: dict[int, tuple[UUID, float]] = {}
    for group, theme in zip(groups, themes, strict=True):
        wanted |= {place: (theme.pk, round(fit, 4)) for place, fit in group.fits.items()}
    changed = []
    for place, item in enumerate(items):
        theme_id, fit = wanted.get(place, (None, None))
        if (item.theme_id, item.theme_fit) != (theme_id, fit):
            item.theme_id, item.theme_fit = theme_id, fit
            changed.append(item)
    if changed:
        # Thousands at the first look, for which Django's own way is ten times as slow.
        columns = [table_column(FeedbackItem._meta.get_field(name)) for name in ("theme", "theme_fit")]
        rows = [(item.theme_id, item.theme_fit, item.pk) for item in changed]
        update_rows(FeedbackItem._meta.db_table, columns, rows)


def _note_first_seen(themes: Sequence[Theme]) -> None:
    ids = [theme.pk for theme in themes]
    seen = FeedbackItem.objects.filter(theme__in=ids).values_list("theme").annotate(Min("occurred_at"))
    for theme_id, first in seen:
        Theme.objects.filter(pk=theme_id).exclude(first_seen__lte=first).update(first_seen=first)


def _forget_empty() -> None:
    """Remove themes that nothing is left of and nobody decided anything about."""
    used = Theme.objects.filter(merged_into__isnull=False).values("merged_into")
    empty = Theme.objects.annotate(number=Count("items")).filter(
        ~Q(pk__in=used), number=0, pinned=False, named_by_hand=False, reason=None, merged_into=None
    )
    Theme.objects.filter(pk__in=list(empty.values_list("pk", flat=True))).delete()
