"""How a socket is closed.

Source: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md; those below 4000 are RFC 6455's.
"""

# A client may come again after these; graphql-ws does so by itself.
TRY_AGAIN, FORBIDDEN, TIMEOUT = 1013, 4403, 4408
# After these it should not: something is wrong with it.
TOO_BIG, FAILED = 1009, 1011
BAD_REQUEST, UNAUTHORIZED, BAD_SUBPROTOCOL, DUPLICATE_ID, TOO_MANY = 4400, 4401, 4406, 4409, 4429
NOT_FOUND = 4404


class Closed(Exception):
    """The socket is to be closed with this code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
