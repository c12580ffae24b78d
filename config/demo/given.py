"""The servers the environment names: reachable and fit, or one line that says what is wrong."""

from contextlib import closing

import redis
from kombu.connection import Connection
from kombu.exceptions import KombuError

from config.demo.choices import Choices
from cxplatform.embedded import EmbeddedError
from cxplatform.tenancy.fitness import UnfitDatabase, check_database, settings_of

_SECONDS = 5


def check_given(choices: Choices) -> None:
    """Raise one line about the first given server that cannot be used."""
    if choices.database_url:
        try:
            check_database(
                settings_of("DATABASE_URL", choices.database_url),
                settings_of("DATABASE_OWNER_URL", choices.database_owner_url),
            )
        except UnfitDatabase as error:
            raise EmbeddedError(str(error)) from error
    if choices.broker_url:
        _check_broker(choices.broker_url)
    if choices.cache_url:
        _check_cache(choices.cache_url)


def _check_broker(url: str) -> None:
    if "://" not in url:
        raise EmbeddedError("BROKER_URL is no URL (redis://:password@host:6379/0 or amqp://user:password@host:5672//)")
    try:
        with Connection(url, connect_timeout=_SECONDS) as connection:  # type: ignore[no-untyped-call]  # kombu's types stop here
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=_SECONDS)
    except (OSError, KombuError, KeyError, ValueError, redis.RedisError) as error:
        raise EmbeddedError(f"BROKER_URL: {_first_line(error)}") from error


def _check_cache(url: str) -> None:
    try:
        with closing(redis.Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)) as client:
            client.ping()
    except (OSError, ValueError, redis.RedisError) as error:
        raise EmbeddedError(f"CACHE_URL: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
