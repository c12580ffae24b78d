// Live results. Both protocols give the same: an iterator of results that ends when the server completes it.
import type { Client as SseClient } from "graphql-sse";
import type { Client as WsClient } from "graphql-ws";
import { print } from "graphql";

import { graphql, type ResultOf, type VariablesOf } from "./graphql.js";
import { ServiceError } from "./results.js";

export const ImportJobProgressed = graphql(`
  subscription ImportJobProgressed($id: ID!) {
    importJobProgressed(id: $id) { state rows accepted rejected }
  }
`);

export const MetricChanged = graphql(`
  subscription MetricChanged($keys: [MetricKey!]!, $window: WindowInput!) {
    metricChanged(keys: $keys, window: $window) { key value sampleSize }
  }
`);

type Subscription = typeof ImportJobProgressed | typeof MetricChanged;

/** Follow a subscription; leaving the loop that reads it ends it. */
export async function* follow<Document extends Subscription>(
  client: WsClient | SseClient,
  document: Document,
  variables: VariablesOf<Document>,
): AsyncGenerator<ResultOf<Document>> {
  const results = client.iterate<ResultOf<Document>>({ query: print(document), variables });
  for await (const { data, errors } of results) {
    const [error] = errors ?? [];
    if (error) throw new ServiceError(String(error.extensions?.["code"]), error.message);
    if (data) yield data;
  }
}
