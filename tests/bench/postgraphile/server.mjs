// PostGraphile 5 on one brand's schema, as its documentation sets it up for production: one process, no extras.
// Arguments: database URL, schema, port, "role" or "bare". Runs in the folder its packages are installed in.
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { postgraphile } from "postgraphile";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { jsonPgSmartTags } from "postgraphile/utils";

const [url, schema, port, as] = process.argv.slice(2);
// What a server of many brands gives each request: the role of one, and no place but its schema.
const settings = { role: schema, search_path: `${schema}, ext`, statement_timeout: "5000" };
const asRole = as === "role";

// An answer refers to its contact by (source, external id), without a foreign key.
const answersOfContacts = jsonPgSmartTags({
  version: 1,
  config: {
    class: {
      surveys_surveyresponse: {
        tags: {
          foreignKey:
            "(source, interaction_external_id) references interactions_interaction (source, external_id)|@foreignFieldName surveyResponses",
        },
      },
    },
    // It calls every `id` rowId, and there would be two.
    attribute: { "customers_identityrow.row_id": { tags: { name: "mergedRow" } } },
  },
});

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  plugins: [answersOfContacts],
  pgServices: [
    makePgService({
      connectionString: url,
      schemas: [schema],
      ...(asRole && { pgSettingsForIntrospection: settings }),
    }),
  ],
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false },
  grafast: { explain: false, context: () => (asRole ? { pgSettings: settings } : {}) },
});

const server = createServer();
server.on("error", (error) => { throw error; });
await instance.createServ(grafserv).addTo(server);
server.listen(Number(port), "127.0.0.1", () => console.log("listening"));
