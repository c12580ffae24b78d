"""Look for themes in what was said lately, and store them. What people decided about themes stays."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Min, Q

from apps.surveys.feedback.themes.grouping import Group, Known, groups_of
from apps.surveys.feedback.themes.locking import lock_themes
from apps.surveys.feedback.themes.matching import SHARED, matched, shared
from apps.surveys.feedback.themes.pools import pools_of
from apps.surveys.feedback.themes.spaces import SAME, Space, by_meaning, by_words
from apps.surveys.feedback.themes.words import Matrix, Piece, Weighed, weigh
from apps.surveys.models import FeedbackItem, Theme
from cxplatform.imports.loading import update_rows
from cxplatform.imports.tables import table_column

# How much is looked at: what was said in half a year, and of that no more than so many pieces.
LOOKED_BACK: Final = timedelta(days=183)
MOST_PIECES: Final = 5_000
_IN_NAME: Final = 3


def texts_to_place(now: datetime) -> list[str]:
    """Return what a model is to place before a look: what was said lately, and the terms of themes."""
    return [item.text or "" for item in _said(now)] + [_as_text(theme) for theme in Theme.objects.all()]


def look_for_themes(now: datetime, placed: Mapping[str, Matrix] | None = None) -> None:
    """Find what feedback speaks of, in the open door; a theme that is found again keeps its id.

    By the words pieces of one language share, or, where a model `placed` texts, by that and across languages; what it
    did not place is left for the next look.
    """
    lock_themes()
    items = [item for item in _said(now) if placed is None or (item.text or "") in placed]
    themes = list(Theme.objects.order_by("first_seen", "id"))
    found: list[Theme] = []
    wanted: dict[UUID, tuple[UUID, float]] = {}
    pieces = [_piece(item) for item in items]
    pools = [(None, list(range(len(pieces))))] if placed is not None else pools_of(pieces)
    for language, places in pools if items else ():
        its = [items[place] for place in places]
        open_to = [
            theme for theme in themes
            if placed is not None or language is None or theme.language in (None, language)
        ]  # fmt: skip
        groups = _groups(its, [pieces[place] for place in places], open_to, placed)
        theirs = _themes_of(groups, open_to, {theme.pk for theme in found}, now, by_terms=placed is None)
        found += theirs
        wanted |= _wanted(its, groups, theirs)
    _assign(items, wanted)
    _note_first_seen(found)
    _forget_empty()


def _said(now: datetime) -> list[FeedbackItem]:
    said = FeedbackItem.objects.filter(
        text__isnull=False, theme_by_hand=False, occurred_at__gte=now - LOOKED_BACK, occurred_at__lte=now
    )
    return list(said.select_related("customer").order_by("-occurred_at", "-id")[:MOST_PIECES])


def _piece(item: FeedbackItem) -> Piece:
    name = item.customer.name if item.customer is not None else None
    tag = item.detected_language or item.language
    return Piece(item.text or "", item.customer_id, name or "", tag.split("-")[0].lower() if tag else None)


def _as_text(theme: Theme) -> str:
    return " ".join(theme.terms)


def _is_held(theme: Theme) -> bool:
    return theme.pinned and theme.merged_into_id is None


def _groups(
    items: Sequence[FeedbackItem],
    pieces: Sequence[Piece],
    themes: Sequence[Theme],
    placed: Mapping[str, Matrix] | None,
) -> list[Group]:
    weighed = weigh(pieces)
    known = [Known(tuple(theme.terms), _is_held(theme)) for theme in themes]
    return groups_of(pieces, weighed, known, _space(items, weighed, themes, placed))


def _space(
    items: Sequence[FeedbackItem], weighed: Weighed, themes: Sequence[Theme], placed: Mapping[str, Matrix] | None
) -> Space:
    if placed is None:
        return by_words(weighed, [theme.terms for theme in themes])
    of: dict[UUID | None, list[int]] = {}
    for place, item in enumerate(items):
        of.setdefault(item.theme_id, []).append(place)
    known = [(_as_text(theme), of.get(theme.pk, [])) for theme in themes]
    return by_meaning(placed, [item.text or "" for item in items], known)


def _themes_of(
    groups: Sequence[Group], themes: Sequence[Theme], taken: set[UUID], now: datetime, *, by_terms: bool
) -> list[Theme]:
    """Return the theme of each group: a held one, one of before, what took that in, or a new one."""
    free = [
        place for place, theme in enumerate(themes) if not _is_held(theme) and theme.pk not in taken
    ]  # fmt: skip
    loose = [place for place, group in enumerate(groups) if group.held is None]
    if by_terms:
        alike = [[shared(groups[place].terms, themes[other].terms) for other in free] for place in loose]
    else:
        alike = [[groups[place].like[other] for other in free] for place in loose]
    again = matched(alike, SHARED if by_terms else SAME)
    before = {loose[place]: themes[free[other]] for place, other in again.items()}
    found = []
    for place, group in enumerate(groups):
        theme = themes[group.held] if group.held is not None else before.get(place)
        if theme is None:
            theme = _new(group, now)
        elif group.held is None and theme.merged_into_id is None:
            _renew(theme, group, now)
        found.append(_took_in(theme))
    return found


def _new(group: Group, now: datetime) -> Theme:
    theme = Theme(name=_name(group), terms=list(group.terms), language=group.language)
    theme.first_seen = theme.created_at = theme.updated_at = now
    theme.save(force_insert=True)
    return theme


def _renew(theme: Theme, group: Group, now: datetime) -> None:
    name = theme.name if theme.named_by_hand else _name(group)
    its = (name, list(group.terms), group.language)
    if (theme.name, theme.terms, theme.language) != its:
        theme.name, theme.terms, theme.language = its
        theme.updated_at = now
        theme.save()


def _took_in(theme: Theme) -> Theme:
    while theme.merged_into is not None:
        theme = theme.merged_into
    return theme


def _name(group: Group) -> str:
    return ", ".join(group.terms[:_IN_NAME])


def _wanted(
    items: Sequence[FeedbackItem], groups: Sequence[Group], themes: Sequence[Theme]
) -> dict[UUID, tuple[UUID, float]]:
    return {
        items[place].pk: (theme.pk, round(min(fit, 1.0), 4))
        for group, theme in zip(groups, themes, strict=True)
        for place, fit in group.fits.items()
    }


def _assign(items: Sequence[FeedbackItem], wanted: Mapping[UUID, tuple[UUID, float]]) -> None:
    changed = []
    for item in items:
        theme_id, fit = wanted.get(item.pk, (None, None))
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
