// Follows an import over both protocols by the example's clients; prints each result as a line, until it is done.
import { sseClient, wsClient } from "./build/service.js";

const [address, key, id] = process.argv.slice(2);
const query = "subscription($id: ID!) { importJobProgressed(id: $id) { state rows } }";
const service = { ws: `ws://${address}/graphql/ws`, sse: `http://${address}/graphql/stream`, key };
const ws = wsClient(service);
const sse = sseClient(service);

async function follow(protocol, client) {
  for await (const { data, errors } of client.iterate({ query, variables: { id } })) {
    console.log(JSON.stringify({ protocol, errors, ...data?.importJobProgressed }));
  }
}

await Promise.all([follow("ws", ws), follow("sse", sse)]);
await ws.dispose();
sse.dispose();
