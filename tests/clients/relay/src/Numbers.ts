// Numbers and what follows them live.
import { graphql } from "relay-runtime";

export const query = graphql`
  query NumbersQuery($keys: [MetricKey!]!, $window: WindowInput!) {
    metrics(keys: $keys, window: $window) { key ...Numbers_value }
  }
`;

export const value = graphql`
  fragment Numbers_value on MetricValue { unit value sampleSize interval { low high } guardRail { key value } }
`;

export const changed = graphql`
  subscription NumbersChangedSubscription($keys: [MetricKey!]!, $window: WindowInput!) {
    metricChanged(keys: $keys, window: $window) { key ...Numbers_value }
  }
`;
