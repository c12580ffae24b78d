// How operations reach the server: over HTTP, and subscriptions over the WebSocket of the live process.
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { createClient } from "graphql-ws";

const NO_KEY = "Fill in a key above. `make demo` prints one for every role, and writes them to .local/demo.json.";

export function fetcherOf({ key, brand }, live) {
  if (!key) return async () => ({ errors: [{ message: NO_KEY }] });
  const authorization = `Bearer ${key}`;
  return createGraphiQLFetcher({
    url: "/graphql",
    headers: { authorization, ...(brand && { "x-brand": brand }) },
    enableIncrementalDelivery: false,
    wsClient: createClient({ url: live, connectionParams: { authorization, ...(brand && { brand }) } }),
  });
}
