"""A traceback in the log names what went wrong, and not the row that it went wrong with."""

import json
import logging

import pytest
from django.db import IntegrityError

from apps.customers.models import Customer
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.doors import brand_tx
from cxplatform.tenancy.logs import line_formatter

# In a variable: a traceback shows the lines of the program.
WHO = "ada@example.com"


@pytest.mark.django_db
def test_a_row_that_the_database_refused_is_not_in_the_log(acme: BrandRef) -> None:
    with brand_tx(acme):
        Customer.objects.create(external_id=WHO)

    with pytest.raises(IntegrityError, match=WHO) as refused, brand_tx(acme):
        Customer.objects.create(external_id=WHO)
    found = (refused.type, refused.value, refused.tb)
    line = line_formatter().format(logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", None, found))

    assert "customer_unique_in_source" in json.loads(line)["exception"]
    assert WHO not in line
