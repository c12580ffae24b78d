"""What mutations of follow-ups and webhooks are about, made in Acme."""

from typing import Any

from apps.interactions.models import Agent
from apps.surveys.models import FollowUp, Survey, SurveyResponse
from cxplatform.graphql.global_ids import global_id
from cxplatform.tenancy.doors import brand_tx
from cxplatform.webhooks.models import WebhookEndpoint
from cxplatform.webhooks.sealing import seal_secret
from cxplatform.webhooks.signing import new_secret
from tests import cluster
from tests.interactions.working.rows import START


def about(name: str, given: dict[str, Any]) -> dict[str, Any]:
    """Put in the ids of what is made for the mutation of this name, if it is one of these."""
    with brand_tx(cluster.ACME):
        if name.endswith("FollowUp"):
            return given | {"id": _follow_up()}
        if name == "setFollowUpRule":
            Survey.objects.create(key="nps", kind="NPS", scope="RELATIONAL")
        elif "endpoint" in str(given.get("id", "")):
            return given | {"id": _endpoint(disabled=given["id"].startswith("disabled"))}
    return given


def _follow_up() -> str:
    Agent.objects.create(key="ann")
    survey = Survey.objects.create(key="nps", kind="NPS", scope="RELATIONAL")
    answer = SurveyResponse.objects.create(external_id="r", survey=survey, kind="NPS", score=1, answered_at=START)
    times = dict.fromkeys(("state_since", "due_at", "created_at", "updated_at"), START)
    return global_id("FollowUp", FollowUp.objects.create(survey_response=answer, state="OPEN", **times).pk)


def _endpoint(*, disabled: bool) -> str:
    made = WebhookEndpoint(
        url="https://hooks.example/",
        events=["response.received"],
        state="DISABLED" if disabled else "ACTIVE",
        why_disabled="BY_HAND" if disabled else None,
        created_at=START,
        updated_at=START,
    )
    made.secret = seal_secret(new_secret(), made.id)
    made.save()
    return global_id("WebhookEndpoint", made.pk)
