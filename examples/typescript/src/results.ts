// What can go wrong, and how it is told: errors of the request carry a code; a mutation's own refusals are userErrors.
import type { CombinedError, OperationResult } from "@urql/core";

/** A request was refused, or a field of it could not be answered. */
export class ServiceError extends Error {
  constructor(
    /** Stable, such as FORBIDDEN or RATE_LIMITED; UNREACHABLE when there was no answer at all. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Take the data out of a result, or throw what is wrong with it. */
export function dataOf<Data>(result: OperationResult<Data>): Data {
  if (result.error) throw serviceError(result.error);
  if (result.data === undefined || result.data === null) throw new ServiceError("UNREACHABLE", "There was no answer.");
  return result.data;
}

function serviceError({ graphQLErrors, message }: CombinedError): ServiceError {
  const [first] = graphQLErrors;
  return first
    ? new ServiceError(String(first.extensions["code"]), first.message)
    : new ServiceError("UNREACHABLE", message);
}
