"""Where a brand's own sender reports: POST /surveys/reports/<brand>, signed by the secret of its reports."""

import time
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from apps.surveys.sending.reports.applying import apply_report
from apps.surveys.sending.reports.report import read_report
from apps.surveys.sending.secrets import Unsealable, unseal
from apps.surveys.sending.stored import REPORTS, survey_sending
from cxplatform.errors import DomainError, NotFound
from cxplatform.graphql.body_seats import body_seat
from cxplatform.imports.http_errors import MethodNotAllowed, answer_error
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import ACTIVE, brand_by_slug
from cxplatform.tenancy.doors import brand_tx
from cxplatform.throttle.addresses import client_address
from cxplatform.throttle.sizes import bucket_of_address
from cxplatform.throttle.throttle import throttle
from cxplatform.webhooks.signing import NotSigned, verify

MOST_BYTES: Final = 16 * 1024


class TooLarge(DomainError):
    code = "PAYLOAD_TOO_LARGE"


def report_urls() -> list[URLPattern]:
    return [path("surveys/reports/<slug:brand>", receive_report, name="survey-reports")]


@csrf_exempt
def receive_report(request: HttpRequest, brand: str) -> HttpResponse:
    """Take in one report. A brand that is unknown, one that sends nothing and a wrong signature are answered alike."""
    try:
        _receive(request, brand)
    except Exception as error:  # noqa: BLE001  # the one place that turns errors into answers; it logs them
        return answer_error(error)
    return HttpResponse(status=204)


def _receive(request: HttpRequest, slug: str) -> None:
    if request.method != "POST":
        raise MethodNotAllowed("Use POST here.")
    address = client_address(request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR"))
    charge = throttle().charge([bucket_of_address(address)], 1) if settings.CX_THROTTLE else None
    with body_seat(("report", address)):
        body = _body(request)
    brand = _signed_for(request, slug, body)
    if charge is not None:
        charge.refund(1)
    now = timezone.now()
    report = read_report(body, now)
    with brand_tx(brand):
        if not apply_report(report, now):
            raise NotFound("No message has this id.", field="data.message_id")


def _body(request: HttpRequest) -> bytes:
    """Read no more than a report has. Raises: TooLarge."""
    body = request.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise TooLarge(f"A report has at most {MOST_BYTES} bytes.")
    return body


def _signed_for(request: HttpRequest, slug: str, body: bytes) -> BrandRef:
    """Return the brand whose secret the body is signed with. Raises: NotFound."""
    brand = brand_by_slug(slug)
    if brand is not None and brand.status == ACTIVE:
        with brand_tx(brand, read_only=True):
            sending = survey_sending()
        try:
            if sending is not None:
                verify([unseal(sending.report_secret, brand, REPORTS)], request.headers, body, now=time.time())
                return brand
        except (NotSigned, Unsealable):
            pass
    raise NotFound("There is nothing here.")
