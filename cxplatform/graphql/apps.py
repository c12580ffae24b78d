from django.apps import AppConfig


class GraphQLConfig(AppConfig):
    name = "cxplatform.graphql"
    label = "graphql_kernel"
