"""Loading a starting tree of reasons."""

from dataclasses import dataclass
from datetime import datetime

from apps.accounts.permissions import Permission
from apps.accounts.viewer import Viewer
from apps.interactions.models import Reason
from apps.interactions.reasons import tree
from apps.interactions.reasons.aliases import canonical
from apps.interactions.reasons.paths import prefixes
from apps.interactions.reasons.starting_tree import paths_of
from apps.interactions.reasons.versions import next_number, write_versions
from cxplatform.audit.actors import Actor
from cxplatform.audit.trail import Subject, record_change
from cxplatform.tenancy.doors import current_brand


@dataclass(frozen=True)
class Loaded:
    """What became of a starting tree: how many of its reasons were made, and how many were there."""

    made: int
    known: int


def load_reason_tree(*, actor: Viewer, starting_tree: object, now: datetime) -> Loaded:
    """Make the reasons of a starting tree that are not there yet; nothing of what is there changes.

    A path that led elsewhere before leads there now too. Raises: Forbidden; BadInput naming what is wrong with it.
    """
    actor.require(Permission.CONFIGURE)
    return load_paths(actor=actor.actor, paths=paths_of(starting_tree), now=now)


def load_paths(*, actor: Actor, paths: list[str], now: datetime) -> Loaded:
    """Make the reasons of these paths, and those above them, that are not there yet."""
    tree.lock_tree()
    means = canonical(paths)
    wanted = {prefix for path in paths for prefix in prefixes(means.get(path, path))}
    there = {reason.path: reason for reason in Reason.objects.filter(path__in=wanted, merged_into=None)}
    made = []
    for path in sorted(wanted - there.keys()):
        above, _, name = path.rpartition("/")
        there[path] = Reason(path=path, name=name, parent=there[above] if above else None)
        made.append(there[path])
    # By level: each row's parent is there before it.
    Reason.objects.bulk_create(sorted(made, key=lambda reason: reason.path.count("/")), batch_size=500)
    loaded = Loaded(len(made), len(wanted) - len(made))
    if made:
        write_versions(made, number=next_number(), now=now)
        subject = Subject("Brand", current_brand().id, "reasons")
        after: dict[str, object] = {"made": loaded.made, "known": loaded.known}
        record_change(actor=actor, action="load_reason_tree", subject=subject, now=now, after=after)
    return loaded
