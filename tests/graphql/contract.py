"""What the schema has promised to its clients: it may grow, and none of this may change."""

ROOT_FIELDS = {
    "Query": "me brand brands customers interactions surveys surveyResponses importJobs importJob node",
    "Mutation": "createBrand createApiKey revokeApiKey recordCustomer recordInteraction recordSurveyResponse",
}

LISTS = {
    "customers": "Customer",
    "interactions": "Interaction",
    "surveys": "Survey",
    "surveyResponses": "SurveyResponse",
    "importJobs": "ImportJob",
}

METRIC_KEYS = """
VOLUME FCR_REPEAT FCR_SURVEY ONE_TOUCH AHT AFTER_CALL_WORK FIRST_RESPONSE_TIME RESOLUTION_TIME_FIRST
RESOLUTION_TIME_FULL SLA_COMPLIANCE SERVICE_LEVEL SPEED_OF_ANSWER ABANDONMENT RESOLUTION_RATE REOPEN_RATE
TRANSFER_RATE REPEAT_CONTACT_RATE CONTACT_RATE BACKLOG OCCUPANCY CONTAINMENT CSAT NPS CES_5 CES_7 RESPONSE_RATE
SENTIMENT PROMISE_KEPT HANDOFF_INTEGRITY TOUCHPOINT_SLO CLV_HISTORIC CLV_PREDICTED CHURN_RATE RETENTION_RATE
GROSS_REVENUE_RETENTION NET_REVENUE_RETENTION EXPANSION_RATE
"""

METRIC_SURFACE = """
type Query {
  metric(
    key: MetricKey!, window: WindowInput!, where: MetricWhere, variant: String, statistic: Statistic
    compareTo: Comparison
  ): MetricValue
  metrics(keys: [MetricKey!]!, window: WindowInput!, where: MetricWhere, compareTo: Comparison): [MetricValue]
  metricSeries(
    key: MetricKey!, window: WindowInput!, grain: Grain!, groupBy: Dimension, top: Int = 10, where: MetricWhere
    variant: String, statistic: Statistic
  ): MetricSeries
  metricBreakdown(
    key: MetricKey!, window: WindowInput!, groupBy: Dimension!, top: Int = 10, where: MetricWhere, variant: String
    statistic: Statistic, compareTo: Comparison
  ): [MetricSlice!]
  metricHeatmap(
    key: MetricKey!, window: WindowInput!, where: MetricWhere, variant: String, statistic: Statistic
  ): MetricHeatmap
  metricRecords(
    key: MetricKey!, window: WindowInput!, where: MetricWhere, part: MetricPart! = DENOMINATOR, variant: String
    first: Int = 20, after: String
  ): MetricRecordConnection
  metricDefinitions(family: MetricFamily): [MetricDefinition!]!
}
input WindowInput { from: DateTime!, to: DateTime! }
input MetricWhere {
  channel: [Channel!], queue: [String!], agent: [String!], team: [String!], reason: [String!], touchpoint: [String!]
  stage: [String!], department: [String!], segment: [String!], country: [String!], language: [String!]
  priority: [Priority!], survey: [String!], handledBy: [HandledBy!]
}
enum Grain { HOUR DAY WEEK MONTH QUARTER }
enum Statistic { MEAN MEDIAN P90 P95 }
enum Comparison { PREVIOUS_PERIOD SAME_PERIOD_LAST_YEAR }
enum Dimension {
  CHANNEL QUEUE AGENT TEAM REASON TOUCHPOINT STAGE DEPARTMENT SEGMENT COUNTRY LANGUAGE PRIORITY SURVEY HANDLED_BY
}
enum MetricFamily { SERVICE EXPERIENCE FINANCIAL }
enum MetricPart { NUMERATOR DENOMINATOR EXCLUDED }
enum SliceKind { VALUE NONE OTHER }
type MetricValue {
  key: MetricKey!, variant: String!, statistic: Statistic, unit: MetricUnit!, value: Float, money: Money
  numerator: Float, denominator: Float, sampleSize: Int!, interval: Interval, previous: PreviousValue, delta: Float
  pValue: Float, significant: Boolean, guardRail: MetricValue, definition: MetricDefinition!, asOf: DateTime!
  provisional: Boolean!, suppressed: Boolean!, suppressionReason: String
}
type Interval { low: Float!, high: Float!, level: Float!, method: String! }
type PreviousValue { value: Float, sampleSize: Int!, window: Window! }
type MetricSlice { kind: SliceKind!, key: String, label: String!, metric: MetricValue! }
type MetricSeries { key: MetricKey!, unit: MetricUnit!, groups: [SeriesGroup!]! }
type SeriesGroup { kind: SliceKind!, key: String, label: String!, points: [MetricPoint!]! }
type MetricPoint {
  start: DateTime!, end: DateTime!, value: Float, sampleSize: Int!, low: Float, high: Float, provisional: Boolean!
  suppressed: Boolean!
}
type MetricHeatmap { unit: MetricUnit!, cells: [HeatmapCell!]! }
type HeatmapCell { weekday: Int!, hour: Int!, value: Float, sampleSize: Int!, suppressed: Boolean! }
union MetricRecord = Interaction | SurveyResponse | Customer | Order | TouchpointEvent
type MetricDefinition {
  key: MetricKey!, version: Int!, name: String!, family: MetricFamily!, unit: MetricUnit!, direction: Direction!
  description: String!, formula: String!, source: String!, variants: [MetricVariant!]!
  parameters: [MetricParameter!]!
}
type Money { amount: Decimal!, currency: CurrencyCode! }
"""

LIST_SURFACE = (
    "type Query {"
    + "".join(
        f"""
    {root}(
      first: Int, after: String, last: Int, before: String, where: {name}Where, orderBy: [{name}OrderBy!]
    ): {name}Connection"""
        for root, name in LISTS.items()
    )
    + "}"
    + "".join(
        f"""
    input {name}Where {{ AND: [{name}Where!], OR: [{name}Where!], NOT: {name}Where }}
    input {name}OrderBy {{ field: {name}OrderField!, direction: SortDirection! = ASC }}
    type {name}Connection {{ edges: [{name}Edge!]!, nodes: [{name}!]!, pageInfo: PageInfo!, totalCount: Int! }}
    type {name}Edge {{ cursor: String!, node: {name}! }}"""
        for name in LISTS.values()
    )
    + """
input InteractionWhere {
  channel: ChannelFilter, openedAt: DateTimeRangeFilter, subject: TextFilter, queue: StringFilter, reason: PathFilter
  customer: CustomerWhere
}
input ChannelFilter { eq: Channel, oneOf: [Channel!] }
input StringFilter { eq: String, oneOf: [String!] }
input TextFilter { eq: String, oneOf: [String!], contains: String }
input PathFilter { eq: String, oneOf: [String!], under: String, contains: String }
input DateTimeRangeFilter { eq: DateTime, oneOf: [DateTime!], range: DateTimeRange }
input DateTimeRange { gte: DateTime, lt: DateTime }
enum SortDirection { ASC DESC }
type PageInfo { hasNextPage: Boolean!, hasPreviousPage: Boolean!, startCursor: String, endCursor: String }
"""
)
