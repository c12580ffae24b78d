// Writing: one input, the entity back, userErrors for what is wrong with the input, and a key against doing it twice.
import { randomUUID } from "node:crypto";

import type { Client } from "@urql/core";

import { graphql, type ResultOf, type VariablesOf } from "./graphql.js";
import { dataOf } from "./results.js";
import { headersOf, type Service } from "./service.js";

const RecordInteraction = graphql(`
  mutation RecordInteraction($input: RecordInteractionInput!) {
    recordInteraction(input: $input) {
      interaction { id externalId channel openedAt customer { externalId } }
      userErrors { code field message }
    }
  }
`);

export type InteractionInput = VariablesOf<typeof RecordInteraction>["input"];
type Payload = NonNullable<ResultOf<typeof RecordInteraction>["recordInteraction"]>;

/** Store an interaction. Whoever tries again after a failure passes the same key, and it is stored once. */
export async function recordInteraction(
  client: Client,
  service: Service,
  input: InteractionInput,
  idempotencyKey: string = randomUUID(),
): Promise<Payload> {
  const headers = { ...headersOf(service), "idempotency-key": idempotencyKey };
  const data = dataOf(await client.mutation(RecordInteraction, { input }, { fetchOptions: { headers } }));
  return data.recordInteraction ?? { interaction: null, userErrors: [] };
}
