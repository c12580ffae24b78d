// A list that loads more as one scrolls, each row with a fragment of its own and a list in it.
import { graphql } from "relay-runtime";

export const query = graphql`
  query CustomerListQuery($count: Int!, $where: CustomerWhere) {
    me { name role }
    ...CustomerList_customers @arguments(count: $count, where: $where)
  }
`;

export const customers = graphql`
  fragment CustomerList_customers on Query
  @refetchable(queryName: "CustomerListPaginationQuery")
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }, where: { type: "CustomerWhere" }) {
    customers(first: $count, after: $cursor, where: $where) @connection(key: "CustomerList_customers") {
      edges { node { id ...CustomerList_row } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const row = graphql`
  fragment CustomerList_row on Customer @refetchable(queryName: "CustomerListRowQuery") {
    externalId
    segment
    interactions(first: 3, orderBy: [{ field: OPENED_AT, direction: DESC }]) {
      edges { node { id channel openedAt } }
    }
  }
`;
