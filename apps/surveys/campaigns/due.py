"""Take the invitations that are to be sent now. Runs in the open door, and whoever takes them sends in it.

Several may take at once: none is taken by two, and of two campaigns that would ask the same customer the second sees
that the first did, for the customer is locked until the first has committed. Therefore whoever takes invitations
moves them on (`advance` to SENT) in the same transaction, or asks again (`is_still_due`) in the one in which it does.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from apps.customers.locking import lock_customers
from apps.customers.models import ContactPreference, Customer
from apps.surveys.campaigns.knowing import known_of, terms_of, today
from apps.surveys.campaigns.weighing import Asked, Verdict, weigh
from apps.surveys.invitations.advancing import advance
from apps.surveys.models import Campaign, CampaignState, FormState, Invitation, InvitationState, SurveyVersion
from cxplatform.faults import reached

_TAKEN: Final = (CampaignState.RUNNING, CampaignState.ENDED)


def claim_due(limit: int, now: datetime) -> list[Invitation]:
    """Return at most so many invitations to be sent now, with their form and language; the longest due first.

    As many are looked at: those never to be sent become SUPPRESSED, and say why; those not to be sent yet are put off.
    Fewer returned than asked for does not mean that there are no more: see `something_is_due`.
    """
    rows = list(_due(now).select_for_update(skip_locked=True, of=("self",)).order_by("planned_for", "pk")[:limit])
    verdicts = _settle(rows, now)
    reached("invitations-claimed")
    return [row for row in rows if verdicts[row.pk].why is None]


def claim_one(invitation_id: UUID, now: datetime) -> Verdict:
    """Decide upon a planned invitation as `claim_due` does, whenever it is due; say what became of it."""
    rows = Invitation.objects.filter(pk=invitation_id, state=InvitationState.PLANNED).select_related("campaign")
    row = rows.select_for_update(of=("self",)).get()
    return _settle([row], now)[row.pk]


def is_still_due(row: Invitation, now: datetime) -> bool:
    """Decide once more upon one that was taken in a transaction before, and is locked in this one.

    Meanwhile its customer may have been asked by hand, or have opted out. What is not to be sent now is suppressed or
    put off as `claim_due` does.
    """
    verdicts = _decide_upon([row], now)
    _suppress(verdicts.values(), now)
    _put_off([row], verdicts)
    return verdicts[row.pk].why is None


def something_is_due(now: datetime) -> bool:
    """Tell whether the open door's brand has invitations to be sent or suppressed now."""
    return _due(now).exists()


def _settle(rows: Sequence[Invitation], now: datetime) -> dict[UUID, Verdict]:
    verdicts = _decide_upon(rows, now)
    _suppress(verdicts.values(), now)
    _put_off(rows, verdicts)
    clothe([row for row in rows if verdicts[row.pk].why is None])
    return verdicts


def _decide_upon(rows: Sequence[Invitation], now: datetime) -> dict[UUID, Verdict]:
    """Weigh invitations in the order given, while nobody else decides upon their campaigns and customers."""
    asked = [Asked(row.pk, row.campaign_id, row.customer_id, _due_since(row)) for row in rows if row.campaign_id]
    campaigns = _campaigns({each.campaign for each in asked})
    lock_customers({each.customer for each in asked if each.customer is not None})
    known = known_of(asked, campaigns, now)
    terms = {key: terms_of(row) for key, row in campaigns.items()}
    return {row.key: row for row in weigh(asked, terms, known, now, today(now, 1)) if isinstance(row.key, UUID)}


def _due(now: datetime) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(
        state=InvitationState.PLANNED, planned_for__lte=now, campaign__state__in=_TAKEN
    ).select_related("campaign")


def _due_since(row: Invitation) -> datetime:
    """Say when it should have been sent, had it not been put off: so long after it was planned, at the latest."""
    assert row.campaign is not None
    return row.created_at + timedelta(seconds=row.campaign.delay_seconds)


def _campaigns(keys: Collection[UUID]) -> dict[UUID, Campaign]:
    rows = Campaign.objects.filter(pk__in=keys).order_by("pk")
    # Only what is counted needs it: other campaigns are not waited for.
    counted = Q(quota__isnull=False) | Q(quota_a_day__isnull=False)
    list(rows.filter(counted).select_for_update(no_key=True))
    return {row.pk: row for row in rows}


def _suppress(verdicts: Iterable[Verdict], now: datetime) -> None:
    by_why: dict[str, list[UUID]] = {}
    for each in verdicts:
        if each.why is not None and each.until is None and isinstance(each.key, UUID):
            by_why.setdefault(each.why.value, []).append(each.key)
    for why, keys in by_why.items():
        advance(keys, InvitationState.SUPPRESSED, now, why)


def _put_off(rows: Iterable[Invitation], verdicts: Mapping[UUID, Verdict]) -> None:
    later = [row for row in rows if verdicts[row.pk].until is not None]
    for row in later:
        row.planned_for = verdicts[row.pk].until
    Invitation.objects.bulk_update(later, ["planned_for"])


def clothe(rows: Collection[Invitation]) -> None:
    """Give invitations the form that is in force by now, and the language their customers wish or speak."""
    customers = {row.customer_id for row in rows if row.customer_id is not None}
    forms, languages = _forms({row.survey_id for row in rows}), _languages(customers)
    for row in rows:
        row.form_id = forms.get(row.survey_id)
        row.language = languages.get(row.customer_id) if row.customer_id else None
    Invitation.objects.bulk_update(rows, ["form", "language"])


def _forms(surveys: Collection[UUID]) -> dict[UUID, UUID]:
    published = SurveyVersion.objects.filter(survey__in=surveys, state=FormState.PUBLISHED)
    return dict(published.order_by("survey_id", "number").values_list("survey_id", "pk"))


def _languages(customers: Collection[UUID]) -> dict[UUID, str]:
    spoken = Customer.objects.filter(pk__in=customers, language__isnull=False).values_list("pk", "language")
    wished = ContactPreference.objects.filter(customer__in=customers, language__isnull=False)
    return {key: told for key, told in (*spoken, *wished.values_list("customer_id", "language")) if told}
