// Numbers. `value` is null where there is no data, and where so few rows stand behind it that it is withheld.
import type { Client } from "@urql/core";

import { graphql, type ResultOf, type VariablesOf } from "./graphql.js";
import { dataOf } from "./results.js";

const Metrics = graphql(`
  query Metrics($keys: [MetricKey!]!, $window: WindowInput!) {
    metrics(keys: $keys, window: $window) {
      key unit value sampleSize suppressed provisional
      interval { low high }
    }
  }
`);

export type MetricKey = VariablesOf<typeof Metrics>["keys"][number];
export type Window = VariablesOf<typeof Metrics>["window"];
export type MetricValue = NonNullable<NonNullable<ResultOf<typeof Metrics>["metrics"]>[number]>;

/** Ask for several numbers at once; one that cannot be had is left out. */
export async function metrics(client: Client, keys: MetricKey[], window: Window): Promise<MetricValue[]> {
  const { metrics: values } = dataOf(await client.query(Metrics, { keys, window }));
  return (values ?? []).filter((value) => value !== null);
}

/** Write a number as people read it. */
export function shown({ unit, value, suppressed }: MetricValue): string {
  if (value === null) return suppressed ? "too few to tell" : "no data";
  switch (unit) {
    case "FRACTION":
      return `${(100 * value).toFixed(1)} %`;
    case "SECONDS":
      return `${Math.round(value)} s`;
    default:
      return value.toFixed(1);
  }
}
