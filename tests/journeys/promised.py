"""What mutations of the ledger of promises are about."""

from typing import Any

from apps.customers.models import Customer
from apps.interactions.models import Interaction
from apps.journeys import commands
from apps.journeys.models import BrandPromise, Department
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.doors import brand_tx
from tests import cluster
from tests.interactions.working import rows
from tests.journeys.ledger import START, at


def about(name: str) -> dict[str, Any]:
    """Make a promise to be judged by hand and a contact in Acme; for a repair, the promise broken. Return the ids.

    Of any other mutation: nothing.
    """
    if name not in ("recordPromiseOutcome", "recordPromiseRepair"):
        return {}
    with brand_tx(cluster.ACME):
        evidence = ("Interaction", cited().pk)
        if name == "recordPromiseOutcome":
            return {"evidence": global_id(*evidence)}
        outcome = commands.record_promise_outcome(
            actor=rows.viewer(), promise="care", evidence=evidence, outcome="BROKEN", note="", repair=None, now=at(2)
        )
        return {"outcome": global_id("PromiseOutcome", outcome.pk)}


def cited() -> Interaction:
    """Make the department `shop`, its promise `care` that is judged by hand, and Ana's contact, in the open door."""
    shop = Department.objects.create(key="shop", name="Shop", created_at=START)
    BrandPromise.objects.create(key="care", text="We care", criterion="BY_HAND", maker=shop, created_at=START)
    ana = Customer.objects.create(external_id="ana")
    return Interaction.objects.create(external_id="cited", channel="PHONE", opened_at=at(1), customer=ana)
