"""Policies made, contacts told of and targets made at once, with real commits."""

import threading

import pytest
from django.db import connections

from apps.accounts.permissions import Role
from apps.interactions.commands.slas import create_sla_policy
from apps.interactions.models import Interaction, SlaInstance
from apps.interactions.sla.policies import Measure
from apps.interactions.sla.written import Written, WrittenTarget
from apps.interactions.slas.marks import mark_told
from apps.interactions.slas.renewal import renew
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.interactions.working.rows import START, at, viewer

HOUR = Written(1, [WrittenTarget(Measure.FIRST_REPLY.value, business=False, seconds={"NORMAL": 3_600})])


def record(brand: BrandRef) -> None:
    with brand_tx(brand):
        made = Interaction.objects.create(external_id="c1", channel="EMAIL", opened_at=at(1))
        mark_told([(made.id, made.opened_at)])


@pytest.mark.usefixtures("committed")
def test_a_contact_committed_while_a_policy_is_made_is_promised_what_it_says(acme: BrandRef) -> None:
    def renewing() -> None:
        try:
            renew(acme)
        finally:
            connections.close_all()

    def recording() -> None:
        try:
            record(acme)
        finally:
            connections.close_all()

    with brand_tx(acme):
        create_sla_policy(
            actor=viewer(Role.BRAND_ADMIN), key="mail", name="Mail", written=HOUR, calendar_id=None,
            effective_from=START, now=START,
        )  # fmt: skip
        # The policy is not committed yet: it marks no contact that comes now, and nobody else can see it.
        writer = threading.Thread(target=recording)
        writer.start()
        writer.join(10)
        worker = threading.Thread(target=renewing)
        worker.start()
        worker.join(0.5)
        waited = worker.is_alive()
    worker.join(10)

    assert waited
    with brand_tx(acme):
        assert list(SlaInstance.objects.values_list("interaction__external_id", "measure")) == [("c1", "FIRST_REPLY")]
