// A mutation whose interaction is put into a list that is already there, backward paging, and a node looked up by id.
import { graphql } from "relay-runtime";

export const mutation = graphql`
  mutation InteractionFormMutation($input: RecordInteractionInput!, $connections: [ID!]!) {
    recordInteraction(input: $input) {
      interaction @prependNode(connections: $connections, edgeTypeName: "InteractionEdge") { id channel }
      userErrors { code field message }
    }
  }
`;

export const history = graphql`
  query InteractionFormHistoryQuery($count: Int!, $cursor: String) {
    interactions(last: $count, before: $cursor) @connection(key: "InteractionForm_interactions") {
      edges { node { id openedAt } }
    }
  }
`;

export const again = graphql`
  query InteractionFormNodeQuery($id: ID!) {
    node(id: $id) { __typename ... on Interaction { channel customer @required(action: LOG) { externalId } } }
  }
`;
