// How the service is reached: queries and mutations over HTTP, live results over a WebSocket or server-sent events.
import { Client, fetchExchange } from "@urql/core";
import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import { WebSocket } from "ws";

export interface Service {
  readonly graphql: string;
  readonly ws: string;
  readonly sse: string;
  /** An API key. */
  readonly key: string;
  /** Which brand; only a provider's key chooses one. */
  readonly brand?: string;
}

export function headersOf({ key, brand }: Service): Record<string, string> {
  return { authorization: `Bearer ${key}`, ...(brand !== undefined && { "x-brand": brand }) };
}

export function httpClient(service: Service): Client {
  return new Client({
    url: service.graphql,
    exchanges: [fetchExchange],
    fetchOptions: { headers: headersOf(service) },
    // GET is answered with 405: a query in an address would end up in logs.
    preferGetMethod: false,
  });
}

/** Wait longer each time, to half a minute, and not as long as everybody else who was cut off by the same restart. */
async function patiently(retries: number): Promise<void> {
  const milliseconds = Math.min(1_000 * 2 ** retries, 30_000) + Math.random() * 3_000;
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export function wsClient({ ws, key, brand }: Service) {
  return createWsClient({
    url: ws,
    // Node has a WebSocket of its own only from version 22 on; a browser leaves this out.
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${key}`, ...(brand !== undefined && { brand }) },
    retryAttempts: Infinity,
    retryWait: patiently,
    // Left to itself, the client gives up where nobody listens, as while the server restarts. 4403: the key is not good.
    shouldRetry: (problem) => (problem as { code?: number }).code !== 4403,
  });
}

export function sseClient(service: Service) {
  // It tries again whatever is wrong with the connection, a refusal of the key too: not for ever.
  return createSseClient({ url: service.sse, headers: headersOf(service), retryAttempts: 10, retry: patiently });
}
