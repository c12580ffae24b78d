"""What a flood must not write: a line for each request that was told to wait."""

import logging


class NotToldToWait(logging.Filter):
    """Pass what is no 429; those are counted in the metrics of the process."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(record, "status_code", None) != 429
