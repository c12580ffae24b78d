"""The GraphQL root: what each app adds to Query, Mutation and Subscription."""

import strawberry

from apps.accounts.graphql.brand_mutations import BrandMutations
from apps.accounts.graphql.key_mutations import KeyMutations
from apps.accounts.graphql.queries import AccountQueries
from apps.accounts.graphql.webhooks.mutations import WebhookMutations
from apps.accounts.graphql.webhooks.queries import WebhookQueries
from apps.customers.graphql.consents.mutations import ConsentMutations
from apps.customers.graphql.consents.queries import ConsentQueries
from apps.customers.graphql.consents.types import ConsentRecord, ContactPreference
from apps.customers.graphql.identities.duplicates import DuplicateQueries
from apps.customers.graphql.identities.mutations import IdentityMutations
from apps.customers.graphql.identities.types import CustomerIdentity, IdentityChange
from apps.customers.graphql.money.mutations import MoneyMutations
from apps.customers.graphql.money.queries import MoneyQueries
from apps.customers.graphql.mutations import CustomerMutations
from apps.customers.graphql.privacy.fields import PrivacyMutations, PrivacyQueries
from apps.customers.graphql.privacy.retention import RetentionMutations, RetentionQueries
from apps.customers.graphql.queries import CustomerQueries
from apps.customers.graphql.segments.mutations import SegmentMutations
from apps.customers.graphql.segments.queries import SegmentQueries
from apps.customers.graphql.segments.types import SegmentMember, SegmentStay, SegmentVersion
from apps.customers.graphql.timeline.giving import give_timelines
from apps.customers.graphql.types import Order
from apps.insights.graphql.comparison.queries import ComparisonQueries
from apps.insights.graphql.comparison.records import DisputedRecordsQuery
from apps.insights.graphql.experience.affinity import AffinityQueries
from apps.insights.graphql.experience.customers import BlindSpotCustomersQuery
from apps.insights.graphql.experience.follow_ups import FollowUpOutcomeQueries
from apps.insights.graphql.experience.journeys import JourneyQualityQueries
from apps.insights.graphql.experience.loss_path import LossPathQueries
from apps.insights.graphql.experience.losses import LossQueries
from apps.insights.graphql.experience.loyalty import LoyaltyQueries
from apps.insights.graphql.experience.ownership import OwnershipQueries
from apps.insights.graphql.experience.queries import ExperienceQueries
from apps.insights.graphql.frictions import give_costs
from apps.insights.graphql.funnel.queries import FunnelQueries
from apps.insights.graphql.goals.mutations import GoalMutations
from apps.insights.graphql.goals.queries import GoalQueries
from apps.insights.graphql.health import give_health
from apps.insights.graphql.outreach.mutations import ProactiveRuleMutations
from apps.insights.graphql.outreach.queries import ProactiveRuleQueries
from apps.insights.graphql.queries import InsightQueries
from apps.insights.graphql.subscriptions import InsightSubscriptions
from apps.insights.graphql.surveys import SurveyBiasQuery
from apps.interactions.graphql.calendars.mutations import CalendarMutations
from apps.interactions.graphql.calendars.queries import CalendarQueries
from apps.interactions.graphql.cases.changes import CaseChange
from apps.interactions.graphql.cases.mutations import CaseMutations
from apps.interactions.graphql.cases.queries import CaseQueries
from apps.interactions.graphql.events.mutations import InteractionEventMutations
from apps.interactions.graphql.media.mutations import MediaReferenceMutations
from apps.interactions.graphql.messages.mutations import MessageMutations
from apps.interactions.graphql.mutations import InteractionMutations
from apps.interactions.graphql.queries import InteractionQueries
from apps.interactions.graphql.reasons.mutations import ReasonMutations
from apps.interactions.graphql.reasons.queries import ReasonQueries
from apps.interactions.graphql.settings.mutations import ServiceSettingsMutations
from apps.interactions.graphql.settings.queries import ServiceSettingsQueries
from apps.interactions.graphql.slas.mutations import SlaMutations
from apps.interactions.graphql.slas.queries import SlaQueries
from apps.interactions.graphql.slas.subscriptions import SlaSubscriptions
from apps.interactions.graphql.working.contact_mutations import ContactMutations
from apps.interactions.graphql.working.live import LiveQueries, WorkingSubscriptions
from apps.interactions.graphql.working.mutations import WorkingMutations
from apps.interactions.graphql.working.queries import WorkingQueries
from apps.journeys.graphql.frictions.mutations import FrictionMutations
from apps.journeys.graphql.frictions.queries import FrictionQueries
from apps.journeys.graphql.frictions.showing import give_evidence
from apps.journeys.graphql.handoffs.fields import HandoffMutations, HandoffQueries
from apps.journeys.graphql.mapping.mutations import JourneyMutations
from apps.journeys.graphql.mapping.queries import JourneyQueries
from apps.journeys.graphql.mapping.questions import JourneyQuestions
from apps.journeys.graphql.mapping.version_mutations import JourneyVersionMutations
from apps.journeys.graphql.mutations import TouchpointEventMutations
from apps.journeys.graphql.promises.fields import PromiseMutations, PromiseQueries
from apps.journeys.graphql.queries import TouchpointEventQueries
from apps.journeys.graphql.stages.types import StageVisit
from apps.journeys.graphql.walkthroughs.fields import WalkthroughMutations, WalkthroughQueries
from apps.metrics.graphql.handoff_pairs import HandoffPairsQuery
from apps.metrics.graphql.lifetime import LifetimeMutations, LifetimeQueries
from apps.metrics.graphql.live_queues import give_service_levels
from apps.metrics.graphql.queries import MetricsQuery
from apps.metrics.graphql.records import MetricRecordsQuery
from apps.metrics.graphql.subscriptions import MetricSubscriptions
from apps.surveys.graphql.campaigns.mutations import CampaignMutations
from apps.surveys.graphql.campaigns.queries import CampaignQueries
from apps.surveys.graphql.exports import SurveyExportMutations
from apps.surveys.graphql.feedback.mutations import FeedbackMutations
from apps.surveys.graphql.feedback.queries import FeedbackQueries
from apps.surveys.graphql.follow_ups.mutations import FollowUpMutations
from apps.surveys.graphql.follow_ups.queries import FollowUpQueries
from apps.surveys.graphql.follow_ups.subscriptions import SurveySubscriptions
from apps.surveys.graphql.forms.mutations import SurveyFormMutations
from apps.surveys.graphql.forms.questions import SurveyFormQueries
from apps.surveys.graphql.mutations import SurveyMutations
from apps.surveys.graphql.page.mutations import SurveyPageMutations
from apps.surveys.graphql.page.queries import SurveyPageQueries
from apps.surveys.graphql.queries import SurveyQueries
from apps.surveys.graphql.sending.mutations import SurveySendingMutations
from apps.surveys.graphql.sending.queries import SurveySendingQueries
from cxplatform.audit.graphql.queries import AuditQueries
from cxplatform.exports.graphql.queries import ExportQueries
from cxplatform.graphql.node_query import NodeQueries
from cxplatform.graphql.schema import Schema
from cxplatform.imports.graphql.queries import ImportQueries
from cxplatform.imports.graphql.subscriptions import ImportSubscriptions


@strawberry.type(description="Everything that can be read.")
class Query(
    AccountQueries,
    CustomerQueries,
    DuplicateQueries,
    SegmentQueries,
    ConsentQueries,
    PrivacyQueries,
    RetentionQueries,
    JourneyQueries,
    MoneyQueries,
    JourneyQuestions,
    TouchpointEventQueries,
    FrictionQueries,
    WalkthroughQueries,
    PromiseQueries,
    HandoffQueries,
    InteractionQueries,
    CaseQueries,
    ServiceSettingsQueries,
    CalendarQueries,
    SlaQueries,
    ReasonQueries,
    WorkingQueries,
    LiveQueries,
    SurveyQueries,
    SurveyFormQueries,
    SurveyPageQueries,
    CampaignQueries,
    FollowUpQueries,
    WebhookQueries,
    SurveySendingQueries,
    FeedbackQueries,
    MetricsQuery,
    MetricRecordsQuery,
    HandoffPairsQuery,
    LifetimeQueries,
    InsightQueries,
    FunnelQueries,
    ComparisonQueries,
    DisputedRecordsQuery,
    ExperienceQueries,
    BlindSpotCustomersQuery,
    JourneyQualityQueries,
    AffinityQueries,
    OwnershipQueries,
    GoalQueries,
    LoyaltyQueries,
    LossPathQueries,
    FollowUpOutcomeQueries,
    LossQueries,
    SurveyBiasQuery,
    ProactiveRuleQueries,
    ImportQueries,
    ExportQueries,
    AuditQueries,
    NodeQueries,
):
    pass


@strawberry.type(description="Everything that can be changed.")
class Mutation(
    BrandMutations,
    KeyMutations,
    CustomerMutations,
    PrivacyMutations,
    RetentionMutations,
    JourneyMutations,
    JourneyVersionMutations,
    TouchpointEventMutations,
    MoneyMutations,
    WalkthroughMutations,
    PromiseMutations,
    FrictionMutations,
    HandoffMutations,
    InteractionMutations,
    CaseMutations,
    IdentityMutations,
    SegmentMutations,
    ConsentMutations,
    ServiceSettingsMutations,
    InteractionEventMutations,
    MessageMutations,
    MediaReferenceMutations,
    CalendarMutations,
    SlaMutations,
    ReasonMutations,
    WorkingMutations,
    ContactMutations,
    SurveyMutations,
    SurveyFormMutations,
    SurveyPageMutations,
    CampaignMutations,
    FollowUpMutations,
    WebhookMutations,
    SurveySendingMutations,
    FeedbackMutations,
    SurveyExportMutations,
    LifetimeMutations,
    ProactiveRuleMutations,
    GoalMutations,
):
    pass


@strawberry.type(description="Everything that can be followed live.")
class Subscription(
    ImportSubscriptions,
    InsightSubscriptions,
    MetricSubscriptions,
    SlaSubscriptions,
    SurveySubscriptions,
    WorkingSubscriptions,
):
    pass


give_service_levels()
give_timelines()
give_evidence()
give_costs()
give_health()
# Types no field above leads to by itself are named.
schema = Schema(
    Query,
    Mutation,
    Subscription,
    types=[
        CaseChange,
        ConsentRecord,
        ContactPreference,
        CustomerIdentity,
        IdentityChange,
        Order,
        SegmentMember,
        SegmentStay,
        SegmentVersion,
        StageVisit,
    ],
)
