"""What follows from contacts that are another customer's by now: cases, and what contacts are promised."""

from apps.customers.identities.holders import Change, register_follower, register_own_way
from apps.interactions.case_marks import mark_customers
from apps.interactions.models import Case, Interaction
from apps.interactions.slas.marks import mark_told
from apps.interactions.topics import tell_interactions


def register() -> None:
    """Say what becomes of cases, which are made of contacts anew, when customers are merged or split."""
    register_own_way(Case, "customer_id", keep_cases_known)
    register_follower(make_anew)


def keep_cases_known(change: Change) -> None:
    """Let the cases of a customer that was merged go on as the survivor's; of a split, contacts make new ones."""
    if change.is_merge:
        Case.objects.filter(customer=change.source).update(customer=change.target)


def make_anew(change: Change) -> None:
    """Have the cases of both made anew, and what moved contacts are promised, which may hang on the segment."""
    mark_customers([change.source, change.target])
    moved = change.moved.get(Interaction, [])
    mark_told(Interaction.objects.filter(pk__in=moved).values_list("pk", "opened_at"))
    tell_interactions(moved)
