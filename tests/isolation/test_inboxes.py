"""The narrow door: it adds to the inbox of one brand, looks up by a secret, and is refused all else."""

import pytest
from django.db import ProgrammingError, connections, transaction
from django.utils import timezone

from apps.customers.models import Customer
from apps.surveys.models import PageEntry
from cxplatform.tenancy.doors import DoorError, brand_tx, inbox_tx
from cxplatform.tenancy.inboxes import look_up
from tests.surveys.page.made import invitation_of, invite

REFUSED = [
    "SELECT * FROM surveys_pageentry",
    "DELETE FROM surveys_pageentry",
    "UPDATE surveys_pageentry SET word = 'OPENED'",
    "SELECT * FROM surveys_invitation",
    "SELECT * FROM customers_customer",
    "INSERT INTO surveys_givenanswer DEFAULT VALUES",
    "INSERT INTO surveys_pageentry SELECT * FROM surveys_pageentry",
    "SELECT * FROM shared.accounts_brand",
    "CREATE TEMP TABLE t (x int)",
    "CREATE TABLE t (x int)",
]


@pytest.mark.parametrize("statement", REFUSED)
def test_what_the_inboxs_role_is_refused_by_the_database(twins, statement) -> None:
    acme, _ = twins

    with inbox_tx(acme), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connections["default"].cursor().execute(statement)


def test_it_adds_and_looks_up_in_its_own_brand_alone(twins) -> None:
    acme, globex = twins
    token = invite(acme)
    with brand_tx(acme):
        invitation = invitation_of(token)
    hashed = bytes(invitation.token_hash or b"")

    with inbox_tx(acme):
        assert look_up(PageEntry.inbox, hashed)["invitation"] == str(invitation.pk)
        assert look_up(PageEntry.inbox, b"\\0" * 32) is None
        PageEntry(invitation=invitation, word="OPENED", at=timezone.now()).save(force_insert=True)
    with inbox_tx(globex):
        assert look_up(PageEntry.inbox, hashed) is None

    with brand_tx(acme):
        assert PageEntry.objects.count() == 1
    with inbox_tx(globex), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connections["default"].cursor().execute(f'SELECT "{acme.schema}".survey_page(%s)', [hashed])


def test_it_is_no_door_in_another_and_no_other_opens_in_it(twins) -> None:
    acme, _ = twins

    with pytest.raises(DoorError), brand_tx(acme), inbox_tx(acme):
        pass
    with pytest.raises(DoorError), inbox_tx(acme), brand_tx(acme):
        pass
    with pytest.raises(DoorError), brand_tx(acme):
        look_up(PageEntry.inbox, b"")
    with inbox_tx(acme), pytest.raises(ProgrammingError), transaction.atomic():
        Customer.objects.count()
