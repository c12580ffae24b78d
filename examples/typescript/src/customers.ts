// Paging: follow endCursor while hasNextPage says so. Cursors are opaque, and stay good while rows come and go.
import type { Client } from "@urql/core";

import { graphql, type ResultOf, type VariablesOf } from "./graphql.js";
import { dataOf } from "./results.js";

const Customers = graphql(`
  query Customers($first: Int!, $after: String, $where: CustomerWhere) {
    customers(first: $first, after: $after, where: $where, orderBy: [{ field: CREATED_AT, direction: ASC }]) {
      nodes { id externalId segment }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const CustomerCount = graphql(`
  query CustomerCount($where: CustomerWhere) {
    customers(first: 1, where: $where) { totalCount }
  }
`);

export type CustomerWhere = NonNullable<VariablesOf<typeof Customers>["where"]>;
export type Customer = NonNullable<ResultOf<typeof Customers>["customers"]>["nodes"][number];

/** Give customers one by one, asking for a page only when the last is used up. */
export async function* customers(client: Client, where: CustomerWhere = {}, first = 100): AsyncGenerator<Customer> {
  let after: string | null = null;
  do {
    const page: ResultOf<typeof Customers> = dataOf(await client.query(Customers, { first, after, where }));
    yield* page.customers?.nodes ?? [];
    after = page.customers?.pageInfo.hasNextPage ? page.customers.pageInfo.endCursor : null;
  } while (after !== null);
}

/** Count them; costs the server a count of its own, so a page does not do it by the way. */
export async function customerCount(client: Client, where: CustomerWhere = {}): Promise<number> {
  return dataOf(await client.query(CustomerCount, { where })).customers?.totalCount ?? 0;
}
