"""Give customers their timeline."""

from importlib import import_module


def give_timelines() -> None:
    """Declare `Customer.timeline`, once every app has said what is on it; before the schema is built.

    Its types are made of that, so the module that declares them is imported no sooner.
    """
    import_module("apps.customers.graphql.timeline.fields")
