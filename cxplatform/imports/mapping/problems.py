"""What can be wrong with a mapping, and with one row under it."""


class MappingError(ValueError):
    """The mapping, or the file as a whole, cannot be used; `key` is where in the mapping."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}" if key else message)
        self.key = key


class RowError(ValueError):
    """One row cannot be mapped; `key` is the column of the import it was for, or empty."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"{key}: {message}" if key else message)
        self.key = key
