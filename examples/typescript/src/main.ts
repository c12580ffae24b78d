// A walk through all of it against a running service; prints what it saw as JSON.
import { randomUUID } from "node:crypto";

import { customerCount, customers } from "./customers.js";
import { graphql } from "./graphql.js";
import { recordInteraction, type InteractionInput } from "./interactions.js";
import { follow, ImportJobProgressed, MetricChanged } from "./live.js";
import { metrics, shown, type Window } from "./metrics.js";
import { dataOf, ServiceError } from "./results.js";
import { httpClient, sseClient, wsClient, type Service } from "./service.js";

const LatestImport = graphql(`
  query LatestImport { importJobs(first: 1) { nodes { id } } }
`);

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}: make demo writes all of them to .local/demo.json.`);
  return value;
}

const service: Service = {
  graphql: required("CX_GRAPHQL"),
  ws: required("CX_WS"),
  sse: required("CX_SSE"),
  key: required("CX_KEY"),
};
const window: Window = { from: required("CX_FROM"), to: required("CX_TO") };
const http = httpClient(service);

async function page() {
  let paged = 0;
  for await (const _customer of customers(http, {}, 50)) paged += 1;
  return { paged, counted: await customerCount(http) };
}

async function numbers() {
  const values = await metrics(http, ["VOLUME", "CSAT", "AHT"], window);
  return Object.fromEntries(values.map((value) => [value.key, shown(value)]));
}

function contact(externalId: string): InteractionInput {
  return { source: "example", externalId, channel: "PHONE", openedAt: window.from, customer: "c-1", answered: true };
}

async function record() {
  const key = randomUUID();
  const input = contact(randomUUID());
  const once = await recordInteraction(http, service, input, key);
  const again = await recordInteraction(http, service, input, key);
  const refused = await recordInteraction(http, service, { ...contact(randomUUID()), talkSeconds: -1 });
  return {
    stored: once.interaction?.channel,
    storedOnce: once.interaction?.id === again.interaction?.id,
    refused: refused.userErrors.map(({ code, field }) => [code, field]),
  };
}

async function refusal() {
  try {
    await metrics(httpClient({ ...service, key: "cx_nobody_nothing" }), ["NPS"], window);
    return "none";
  } catch (error) {
    return error instanceof ServiceError ? error.code : String(error);
  }
}

/** Follow an import to its end over either protocol. */
async function progress(client: ReturnType<typeof wsClient> | ReturnType<typeof sseClient>) {
  const id = dataOf(await http.query(LatestImport, {})).importJobs?.nodes[0]?.id;
  if (id === undefined) return [];
  const states: unknown[] = [];
  for await (const { importJobProgressed } of follow(client, ImportJobProgressed, { id })) {
    states.push(importJobProgressed?.state);
  }
  return states;
}

/** Follow a number, move it, and see it move. */
async function moved(client: ReturnType<typeof wsClient> | ReturnType<typeof sseClient>) {
  let before: number | undefined;
  for await (const { metricChanged } of follow(client, MetricChanged, { keys: ["VOLUME"], window })) {
    const volume = metricChanged?.[0]?.sampleSize ?? 0;
    if (before !== undefined) return volume - before;
    before = volume;
    await recordInteraction(http, service, contact(randomUUID()));
  }
  return 0;
}

const ws = wsClient(service);
const sse = sseClient(service);
console.log(
  JSON.stringify({
    page: await page(),
    numbers: await numbers(),
    record: await record(),
    refusal: await refusal(),
    progress: { ws: await progress(ws), sse: await progress(sse) },
    moved: { ws: await moved(ws), sse: await moved(sse) },
  }),
);
await ws.dispose();
sse.dispose();
