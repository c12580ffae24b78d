"""GraphiQL, served by ourselves and in development only; built from source/ by bin/build-graphiql."""
