"""What a plan says when it cannot answer."""


class NotPlanned(Exception):
    """A selection, or a value found, that only the ordinary way can answer."""
