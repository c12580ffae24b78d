// Operations whose results and variables are typed by the schema: `npm run generate` reads docs/schema.graphql.
import { initGraphQLTada } from "gql.tada";

import type { introspection } from "./schema.js";

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { DateTime: string; Decimal: string; BigInt: number; CurrencyCode: string; JSON: unknown };
}>();

export type { ResultOf, VariablesOf } from "gql.tada";
