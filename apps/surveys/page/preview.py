"""A form as customers will see it, for whoever writes it: by a signed, short-lived link that records nothing."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.core import signing
from django.http import HttpRequest, HttpResponse

from apps.surveys.forms import Form, understood
from apps.surveys.page.asking import gone, secretive
from apps.surveys.page.rendering import said_page, step_page
from apps.surveys.page.steps import carried, given_before, problems_at, step_after
from apps.surveys.page.views import filled_in
from apps.surveys.reading_forms import form_of
from cxplatform.errors import NotFound
from cxplatform.tenancy.brand import BrandRef
from cxplatform.tenancy.directory import ACTIVE, brand_by_id
from cxplatform.tenancy.doors import brand_tx

OPEN_FOR: Final = timedelta(hours=1)
_SALT: Final = "surveys.preview"


def preview_path(brand: BrandRef, version_id: UUID, language: str | None) -> str:
    """Return the path at which a version, draft or published, is shown for an hour."""
    return "/s/preview/" + signing.dumps([brand.id.hex, version_id.hex, language], salt=_SALT)


@secretive
def preview_page(request: HttpRequest, signed: str) -> HttpResponse:
    """Show a form's steps as the page does; answers lead on and are kept nowhere."""
    read = _read(signed)
    if read is None:
        return gone(request)
    brand, form, language = read
    before = given_before(form, request.POST.get("given", ""))
    step = step_after(form, before)
    filled: dict[str, list[str]] = {}
    problems: dict[str, str] = {}
    if request.method == "POST" and step is not None:
        filled = filled_in(request, step)
        said = {each.key: understood(each, filled[each.key]) for each in step.questions}
        problems = problems_at(step, said)
        if not problems:
            before, filled = before | said, {}
            step = step_after(form, before)
    if step is None:
        return said_page(brand.name, form, language, "thanks", "thanks_more", preview=True)
    return step_page(
        brand.name, form, language, step, given=carried(before), filled=filled, problems=problems,
        action=request.path, is_first=not before, preview=True,
    )  # fmt: skip


def _read(signed: str) -> tuple[BrandRef, Form, str | None] | None:
    try:
        brand_id, version_id, language = signing.loads(signed, salt=_SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return None
    brand = brand_by_id(UUID(brand_id))
    if brand is None or brand.status != ACTIVE:
        return None
    try:
        with brand_tx(brand, read_only=True):
            return brand, form_of(UUID(version_id)), language
    except NotFound:
        return None
