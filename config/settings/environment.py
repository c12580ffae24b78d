"""Settings from the environment, or from the files it names: SECRET_KEY, or SECRET_KEY_FILE with a path."""

from environ import FileAwareEnv
from environ.fileaware_mapping import FileAwareMapping


class _WithoutLineEnds(FileAwareMapping):  # type: ignore[misc]  # django-environ has no types
    """Secrets are written by editors and by `echo`: the line end is not theirs."""

    def __getitem__(self, name: str) -> str:
        value: str = super().__getitem__(name)
        return value.rstrip("\r\n") if f"{name}_FILE" in self.env else value


class Environment(FileAwareEnv):  # type: ignore[misc]  # as above
    ENVIRON = _WithoutLineEnds()
