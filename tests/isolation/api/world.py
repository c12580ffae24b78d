"""Twins: both brands hold an object of every kind under the same natural keys, with text that says whose it is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.utils import timezone

from apps.accounts.commands import add_member, issue_key
from apps.accounts.models import ApiKey, Brand, Member
from apps.accounts.permissions import BRAND_ROLES, Role
from apps.customers.models import Customer, ExchangeRate, MoneyTerms, Order, Referral
from apps.interactions.calendars.timeline import EARLIEST
from apps.interactions.models import (
    Agent,
    AgentSkill,
    AgentState,
    AgentStateChange,
    Calendar,
    CalendarVersion,
    Case,
    CaseChange,
    CaseMark,
    CasePin,
    Interaction,
    InteractionEvent,
    MediaReference,
    MergedCase,
    Message,
    Queue,
    QueueSkill,
    Reason,
    ReasonAlias,
    ReasonTouchpoint,
    ReasonVersion,
    ServiceSettings,
    Skill,
    SlaInstance,
    SlaMark,
    SlaPolicy,
    SlaPolicyVersion,
    Team,
    Work,
)
from apps.journeys.models import Touchpoint, TouchpointEvent
from apps.metrics.models import CustomerValue, LifetimeFit
from apps.surveys.models import Survey, SurveyResponse
from cxplatform.audit.actors import OPERATOR
from cxplatform.audit.trail import Subject, record_change
from cxplatform.dirty.models import DirtyMark
from cxplatform.exports.models import ExportJob
from cxplatform.ids import uuid7
from cxplatform.imports.models import ImportJob
from cxplatform.jobs.models import Job
from cxplatform.privacy.models import Erasure, RetentionRules, RetentionSweep
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx, shared_tx
from tests.isolation.api.hearing import hear
from tests.isolation.api.mapped import hand_on, judge_promise, map_journey, send_along
from tests.isolation.api.people import fill_people

OPENED = datetime.fromisoformat("2026-03-02T15:30:00+00:00")
LONG_AGO = OPENED - timedelta(days=400)


def mark(brand: BrandRef, what: str) -> str:
    """Make text that only this brand has."""
    return f"only-in-{brand.slug}-{what}"


def note(brand: BrandRef) -> None:
    subject = Subject("Customer", label=mark(brand, "label"))
    record_change(actor=OPERATOR, action="test", subject=subject, now=OPENED, after={"note": mark(brand, "after")})


def _promise_service(brand: BrandRef, suffix: str, queue: Queue) -> SlaPolicyVersion:
    """Make a calendar, and a policy that promises a reply by it."""
    calendar = Calendar.objects.create(key=f"calendar-{suffix}", name=mark(brand, "calendar"), created_at=OPENED)
    CalendarVersion.objects.create(
        calendar=calendar, number=1, effective_from=EARLIEST, time_zone="UTC", holidays=[], created_at=OPENED,
        hours=[{"weekday": 1, "opens": "09:00", "closes": "17:00"}], special_days=[],
    )  # fmt: skip
    policy = SlaPolicy.objects.create(key=f"policy-{suffix}", name=mark(brand, "policy"), created_at=OPENED)
    return SlaPolicyVersion.objects.create(
        policy=policy, number=1, effective_from=EARLIEST, rank=1, calendar=calendar, channels=["PHONE"],
        priorities=[], queues=[queue.key], segments=[mark(brand, "segment")], created_at=OPENED,
        targets=[{"measure": "FIRST_REPLY", "business": False, "seconds": {"NORMAL": 60}}],
    )  # fmt: skip


def _value(brand: BrandRef, customer: Customer) -> None:
    """Say what money is worth, and what the customer is."""
    ExchangeRate.objects.create(currency="CHF", effective_from=OPENED, rate=1.05, created_at=OPENED)
    LifetimeFit.objects.create(fitted_at=OPENED, customers=1, repeating=0, reason=mark(brand, "reason"))
    CustomerValue.objects.create(
        customer=customer, first_bought_at=OPENED, p_alive=0.5, purchases=1, value=5, fitted_at=OPENED
    )
    MoneyTerms.objects.create(id=1, gross_margin=0.5, monthly_discount=0, inactive_after_gaps=3, least_p_alive=0.1)


def fill(brand: BrandRef) -> None:
    """Give the brand one object of every kind (and the dimensions twice: a common one, and one only it has)."""
    with brand_tx(brand):
        customer = Customer.objects.create(
            external_id="c-1", name=mark(brand, "name"), email=mark(brand, "email"), phone="1", language="en",
            country="US", segment=mark(brand, "segment"), attributes={"note": mark(brand, "attributes")},
        )  # fmt: skip
        Order.objects.create(external_id="o-1", customer=customer, ordered_at=OPENED, amount=5, currency="EUR")
        brought = Customer.objects.create(external_id="c-2", name=mark(brand, "brought"), joined_at=LONG_AGO)
        Referral.objects.create(external_id="f-1", referrer=customer, customer=brought, referred_at=OPENED)
        fill_people(customer, mark(brand, "key"), OPENED)
        _value(brand, customer)
        for suffix in ("common", mark(brand, "key")):
            touchpoint = Touchpoint.objects.create(key=f"touchpoint-{suffix}", name=mark(brand, "touchpoint"))
            team = Team.objects.create(key=f"team-{suffix}")
            queue = Queue.objects.create(key=f"queue-{suffix}", name=mark(brand, "queue"))
            agent = Agent.objects.create(key=f"agent-{suffix}", name=mark(brand, "agent"), team=team)
            skill = Skill.objects.create(key=f"skill-{suffix}")
            QueueSkill.objects.create(queue=queue, skill=skill, level=2)
            AgentSkill.objects.create(agent=agent, skill=skill, level=3)
            said = {"agent": agent, "state": "AVAILABLE", "from_at": OPENED}
            AgentStateChange.objects.create(external_id=f"s-{suffix}", **said)
            AgentState.objects.create(**said)
            reason = Reason.objects.create(path=f"reason-{suffix}", name=f"reason-{suffix}")
            plant(reason, touchpoint)
            map_journey(suffix, touchpoint, mark(brand, "journey"))
            survey = Survey.objects.create(
                key=f"survey-{suffix}", name=mark(brand, "survey"), kind="NPS", scope="RELATIONAL"
            )
            case = Case.objects.create(
                customer=customer, reason=reason, state="OPEN", opened_at=OPENED, last_contact_at=OPENED, contacts=1,
                channel_switches=0, created_at=OPENED, updated_at=OPENED,
            )  # fmt: skip
            version = _promise_service(brand, suffix, queue)
            interaction = Interaction.objects.create(
                case=case,
                external_id=f"i-{suffix}", channel="PHONE", opened_at=OPENED, customer=customer, queue=queue, team=team,
                agent=agent, reason=reason, touchpoint=touchpoint, answered=True, wait_seconds=3, talk_seconds=60,
                subject=mark(brand, "subject"), text=mark(brand, "text"), resolved_at=OPENED + timedelta(hours=1),
                first_response_at=OPENED + timedelta(minutes=1),
            )  # fmt: skip
            CasePin.objects.create(
                interaction=interaction, case_id=case.id, customer=customer, reason=reason, pinned_at=OPENED
            )
            merged = MergedCase.objects.create(id=uuid7(), into=case, merged_at=OPENED)
            CaseChange.objects.create(
                case=case, at=OPENED, kind="MERGED", came=True, contacts=1, interaction=interaction,
                other_case=merged.id, actor_name=mark(brand, "actor"),
            )  # fmt: skip
            Work.objects.create(
                interaction=interaction, state="ACTIVE", since=OPENED, queue=queue, agent=agent, priority="NORMAL",
                rank=0, live=True,
            )  # fmt: skip
            SlaInstance.objects.create(
                interaction=interaction, version=version, measure="FIRST_REPLY", number=1, priority="NORMAL",
                target_seconds=60, business=False, started_at=OPENED, due_at=OPENED + timedelta(minutes=1),
            )  # fmt: skip
            InteractionEvent.objects.create(
                external_id=f"ev-{suffix}", interaction_external_id=f"i-{suffix}", kind="ANSWERED", at=OPENED,
                agent=agent, queue=queue, reason=reason, resolution=mark(brand, "resolution"),
            )  # fmt: skip
            Message.objects.create(
                external_id=f"m-{suffix}", interaction_external_id=f"i-{suffix}", author="HUMAN", at=OPENED,
                agent=agent, text=mark(brand, "message-text"),
            )  # fmt: skip
            MediaReference.objects.create(
                external_id=f"mr-{suffix}", interaction_external_id=f"i-{suffix}", kind="RECORDING", at=OPENED,
                url=f"https://records.example/{mark(brand, 'recording')}",
            )  # fmt: skip
            response = SurveyResponse.objects.create(
                external_id=f"r-{suffix}", survey=survey, kind="NPS", score=9, answered_at=OPENED, customer=customer,
                interaction_external_id=f"i-{suffix}", touchpoint=touchpoint, comment=mark(brand, "comment"),
            )  # fmt: skip
        event = TouchpointEvent.objects.create(
            external_id="e-1",
            customer=customer,
            touchpoint=touchpoint,
            occurred_at=OPENED,
            promise=mark(brand, "promise"),
        )
        hear(response, mark(brand, "heard"), OPENED)
        judge_promise(event, mark(brand, "statement"))
        hand_on(customer, mark(brand, "key"))
        suffer(brought, touchpoint)
        take_in(brand)
        hand_out(mark(brand, "column"), mark(brand, "asker"))
        note(brand)
        send_along(customer)
        Erasure.objects.create(subject_id=customer.pk, requested_at=OPENED)
        RetentionRules.objects.create(text_days=90, updated_at=OPENED)
        RetentionSweep.objects.create(dry_run=True, requested_at=OPENED)
        ServiceSettings.objects.create(case_days=9, updated_at=OPENED)
        CaseMark.objects.create(customer_id=customer.pk)
        SlaMark.objects.create(interaction_id=interaction.pk)
        DirtyMark.objects.create(topic="interaction", day=date(2026, 3, 2))


def take_in(brand: BrandRef) -> None:
    """Have a file loaded."""
    job = Job.objects.create(kind="import", state="DONE", run_after=OPENED, created_at=OPENED)
    ImportJob.objects.create(
        id=job.id, kind="customers", format="csv", state="FAILED", failure=mark(brand, "failure"), rows=1,
        file_name=mark(brand, "file"), bytes_total=1, bytes_done=1, rejected=1, created_at=OPENED,
        errors=[{"line": 2, "field": "name", "code": "TOO_LONG", "message": mark(brand, "message")}],
    )  # fmt: skip


def hand_out(column: str, asker: str) -> None:
    """Have a file made for somebody."""
    job = Job.objects.create(kind="export", state="DONE", run_after=OPENED, created_at=OPENED)
    ExportJob.objects.create(
        id=job.id, kind="survey-responses", format="CSV", columns=[column], state="DONE", rows_asked=1,
        token_hash=asker.encode(), expires_at=OPENED, asked_by=asker, created_at=OPENED,
    )  # fmt: skip


def suffer(customer: Customer, touchpoint: Touchpoint) -> None:
    """Let the journey fail a customer, who would not recommend and never called."""
    said = {"customer": customer, "touchpoint": touchpoint}
    TouchpointEvent.objects.create(external_id="e-2", occurred_at=OPENED, outcome="FAILED", **said)
    asked = Survey.objects.create(key="survey-of-the-brand", kind="NPS", scope="RELATIONAL")
    SurveyResponse.objects.create(
        external_id="r-of-the-brand", survey=asked, kind="NPS", score=6, answered_at=OPENED, customer=customer
    )


def plant(reason: Reason, touchpoint: Touchpoint) -> None:
    """Give a reason a past, a link, and another path that leads to it."""
    ReasonVersion.objects.create(reason=reason, number=1, since=EARLIEST, path=reason.path, name=reason.name)
    ReasonTouchpoint.objects.create(reason=reason, touchpoint=touchpoint, linked_at=OPENED)
    ReasonAlias.objects.create(reason=reason, path=f"{reason.path}-before")


@dataclass(frozen=True)
class Person:
    """Somebody with a key; ids are the rows' own."""

    member_id: Any
    key_id: Any
    token: str


def person(role: Role, brand: BrandRef) -> Person:
    """Make somebody of the brand, or of the provider with a grant for this brand alone."""
    with shared_tx():
        row = Brand.objects.get(pk=brand.id)
        home = row if role in BRAND_ROLES else None
        member = add_member(
            email=f"{role.value.lower()}@{brand.slug}.example", name=mark(brand, role.value), role=role, brand=home,
            grants=() if home else (row,), now=timezone.now(),
        )  # fmt: skip
        key, token = issue_key(member=member, name=mark(brand, "key-name"), now=timezone.now())
    return Person(member.id, key.id, token)


def ids_in(brand: BrandRef) -> dict[str, list[Any]]:
    """List the primary keys of everything the brand holds, by model name, with its people and keys."""
    found: dict[str, list[Any]] = {}
    with brand_tx(brand):
        for model in brand_models():
            found[model.__name__] = list(model._default_manager.values_list("pk", flat=True))
    with shared_tx():
        found["Brand"] = [brand.id]
        found["Member"] = list(Member.objects.filter(brand_id=brand.id).values_list("pk", flat=True))
        found["ApiKey"] = list(ApiKey.objects.filter(member__brand_id=brand.id).values_list("pk", flat=True))
    return found


def brand_models() -> list[type[Model]]:
    """List the models that lie in every brand's schema."""
    return [
        model for model in apps.get_models() if apps.get_app_config(model._meta.app_label).name in settings.TENANT_APPS
    ]


def digest(schema: str) -> dict[str, tuple[int, str]]:
    """Digest every table of a schema: how many rows, and a hash of them all."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = %s AND tablename <> 'django_migrations' ORDER BY 1",
            [schema],
        )
        tables = [row[0] for row in cursor.fetchall()]
        # One statement for all, which is a trip to the server and not one a table.
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') "
                f'FROM "{schema}"."{table}" t'
                for table in tables
            )
        )
        return {table: (rows, hashed) for table, rows, hashed in cursor.fetchall()}
