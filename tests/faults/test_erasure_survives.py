"""An erasure whose worker dies at the worst moments: the next one ends it, and nothing is left."""

import pytest
from django.utils import timezone

from apps.customers.models import Customer
from apps.interactions.models import Interaction
from cxplatform.audit.actors import OPERATOR
from cxplatform.privacy.erasures import begin_erasure
from cxplatform.privacy.models import Erasure
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from tests.faults.test_import_survives import KILLED, swept, work

pytestmark = pytest.mark.usefixtures("committed")


@pytest.mark.parametrize("point", ["erasure-before-commit:2", "erasure-committed:3", "job-before-done:1"])
def test_a_killed_erasure_is_ended_by_the_next_worker(acme: BrandRef, point: str) -> None:
    with brand_tx(acme):
        customer = Customer.objects.create(external_id="c", name="Ada")
        for number in range(3):
            customer.interactions.create(external_id=f"i{number}", channel="CHAT", opened_at=timezone.now(), text="me")
        begin_erasure(actor=OPERATOR, action="erase_customer", subject_id=customer.pk, now=timezone.now())

    assert work(CX_FAULT=point) == KILLED
    assert acme.id in swept()
    assert work() == 0

    with brand_tx(acme):
        assert list(Erasure.objects.values_list("state", "rows")) == [("DONE", 4)]
        assert Customer.objects.get().name is None
        assert Interaction.objects.filter(text__isnull=False).count() == 0
        assert Interaction.objects.filter(external_id__startswith="erased-").count() == 3
